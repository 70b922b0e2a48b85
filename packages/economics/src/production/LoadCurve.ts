import { positive } from "../internal/checked.ts";
import { type PlainNumber, type TokensPerSecond, tokensPerSecond } from "../units.ts";

/**
 * How throughput follows demand: `demand / (1 + knee x drag x u + u^knee)^(1 / knee)` with u = demand / capacity.
 * Far below capacity a share `drag x u` is lost (requests spend time in the batch, and a window ends with some in
 * flight); far above, throughput is the capacity; `knee` is how sharply one turns into the other.
 */
export interface LoadCurve {
  readonly drag: PlainNumber;
  readonly knee: PlainNumber;
}

/**
 * `fitLoadCurve` of the 24 unsaturated rows of `data/load_cost_sweep_h100.csv` (a test fits them again). One number
 * for every model, precision and machine: a configuration adds its capacity and nothing else.
 */
export const MEASURED_LOAD_CURVE: LoadCurve = { drag: 0.089, knee: 4 };

/** Throughput at a demand, both in output tokens per second. Where no capacity is known, it is the demand (`predictSweep`). */
export function throughputAtLoad(
  { drag, knee }: LoadCurve,
  demand: TokensPerSecond,
  capacity: TokensPerSecond,
): TokensPerSecond {
  const u = demand / capacity;
  // At a heavy overload u^knee would leave the range of a double; in terms of 1 / u nothing does.
  if (u > 1) {
    const idle = 1 / u;
    return tokensPerSecond(capacity / (1 + knee * drag * idle ** (knee - 1) + idle ** knee) ** (1 / knee));
  }
  return tokensPerSecond(demand / (1 + knee * drag * u + u ** knee) ** (1 / knee));
}

/**
 * The capacity for which the curve passes through one measured row: a run at a high arrival rate is close to
 * saturation, not at it. `null` if the row served all of its demand, so that nothing is known of the capacity.
 */
export function capacityFromLoad(
  { drag, knee }: LoadCurve,
  row: { readonly demand: TokensPerSecond; readonly throughput: TokensPerSecond },
): TokensPerSecond | null {
  const excess = (positive(row.demand, "demand") / positive(row.throughput, "throughput")) ** knee - 1;
  if (excess <= 0) return null;
  // u^knee + knee x drag x u = excess, whose left side rises with u: bisection between 0 and the root without drag.
  let low = 0;
  let high = excess ** (1 / knee);
  for (let step = 0; step < 60; step += 1) {
    const u = (low + high) / 2;
    if (u ** knee + knee * drag * u < excess) low = u;
    else high = u;
  }
  return tokensPerSecond(row.demand / high);
}
