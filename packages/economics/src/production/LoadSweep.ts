import { type PlainNumber, type RequestsPerSecond, type TokensPerSecond, tokensPerSecond } from "../units.ts";
import { capacityFromLoad, type LoadCurve, throughputAtLoad } from "./LoadCurve.ts";

/** One configuration under a series of arrival rates. */
export interface LoadSweep {
  /** Output tokens of a request. */
  readonly outputTokens: PlainNumber;
  readonly rows: readonly { readonly arrivals: RequestsPerSecond; readonly throughput: TokensPerSecond }[];
}

/**
 * Predicts every row of a sweep from its arrival rate and from the row with the highest one, which stands for
 * saturation; that row is not predicted. Of two rows at the highest rate the faster one is saturation.
 */
export function predictSweep<Row extends LoadSweep["rows"][number]>(
  curve: LoadCurve,
  { outputTokens, rows }: { readonly outputTokens: PlainNumber; readonly rows: readonly Row[] },
): readonly { readonly row: Row; readonly predicted: TokensPerSecond }[] {
  const [saturated, ...others] = [...rows].sort((a, b) => b.arrivals - a.arrivals || b.throughput - a.throughput);
  if (saturated === undefined) return [];
  const demandOf = (arrivals: number) => tokensPerSecond(arrivals * outputTokens);
  const { arrivals, throughput } = saturated;
  const capacity = capacityFromLoad(curve, { demand: demandOf(arrivals), throughput });
  return others.map((row) => {
    const demand = demandOf(row.arrivals);
    return { row, predicted: capacity === null ? demand : throughputAtLoad(curve, demand, capacity) };
  });
}
