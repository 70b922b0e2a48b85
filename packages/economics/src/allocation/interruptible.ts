import { positive } from "../internal/checked.ts";
import { type TokensPerSecond, tokensPerSecond } from "../units.ts";

export interface Interruptible {
  /** The mean over all intervals: what there is to sell. */
  readonly served: TokensPerSecond;
  /** Of what was asked for, the share that was served. */
  readonly availability: number;
  /** The share of intervals in which all of it was served. */
  readonly uninterrupted: number;
}

/**
 * What a tier gets that firm tiers pre-empt: in each interval no more than they leave (`spare`), and what it does not get
 * then is lost. Throws `RangeError` for no intervals, and if nothing is asked for.
 */
export function interruptible(spare: readonly TokensPerSecond[], asked: TokensPerSecond): Interruptible {
  const intervals = positive(spare.length, "intervals");
  const wanted = positive(asked, "what is asked for");
  const served = spare.reduce((sum, left) => sum + Math.min(left, wanted), 0) / intervals;
  return {
    served: tokensPerSecond(served),
    availability: served / wanted,
    uninterrupted: spare.filter((left) => left >= wanted).length / intervals,
  };
}
