import { type PlainNumber, type TokensPerSecond, tokensPerSecond } from "../units.ts";

/** A result of MLPerf Inference as it is published. */
export interface MlperfResult {
  readonly id: string;
  readonly result: PlainNumber;
  readonly units: string;
}

/**
 * Output tokens per second of a result. Throws `RangeError` for results in any other unit: some of v5.1's 8B results
 * are labelled Queries/s, probably by mistake, but a guess of ours would not make them a measurement.
 */
export function mlperfThroughput({ id, result, units }: MlperfResult): TokensPerSecond {
  if (units !== "Tokens/s") throw new RangeError(`${id} is in ${units}, not in Tokens/s`);
  return tokensPerSecond(result);
}
