import { dataLength, dataSlice, toBigInt, toNumber } from "ethers";

const OUTCOME_BYTES = 71;

export const REASON = { settled: 0, clamped: 1, stale: 2, badSignature: 3, notOpen: 4 } as const;

/** Unpacks the rows of a `Settled` event. */
export function settledRows(rows: string) {
  return Array.from({ length: dataLength(rows) / OUTCOME_BYTES }, (_, index) => {
    const row = dataSlice(rows, index * OUTCOME_BYTES, (index + 1) * OUTCOME_BYTES);
    return {
      session: dataSlice(row, 0, 32),
      used: toBigInt(dataSlice(row, 32, 38)),
      receiptsHead: dataSlice(row, 38, 70),
      reason: toNumber(dataSlice(row, 70, 71)),
    };
  });
}
