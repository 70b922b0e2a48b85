import { type PlainNumber, type TokensPerSecond, tokensPerSecond } from "../units.ts";

/**
 * How much work with a deadline can be accepted, steadily, such that all of it is done in time: in the trough of the load,
 * and behind everybody else. `spare` is what firm tiers leave, interval by interval, and repeats (24 hours of a day);
 * the deadline is in the same intervals. Work counts as there from the end of the interval in which it came, and as due
 * by its beginning, so that what is promised never depends on when within an interval it came.
 *
 * Work that comes in any stretch of intervals has to find room until the last of it is due; served in the order of their
 * deadlines that is enough. From a deadline of about a period on, all that is spare can be promised.
 *
 * Throws `RangeError` for no intervals, and a deadline that is not a whole number of at least two.
 */
export function deadlineCapacity(spare: readonly TokensPerSecond[], deadline: PlainNumber): TokensPerSecond {
  const period = spare.length;
  if (period === 0) throw new RangeError("a profile needs an interval");
  if (!(Number.isInteger(deadline) && deadline >= 2)) {
    throw new RangeError(`a deadline must be at least 2 whole intervals, got ${deadline}`);
  }
  const whole = spare.reduce<number>((sum, each) => sum + each, 0);
  // Over many periods no more can come than is spare.
  let least = whole / period;
  for (let start = 0; start < period; start += 1) {
    let room = 0;
    for (let after = 1; after < period; after += 1) {
      room += spare[(start + after) % period] as number;
      const stretch = after - deadline + 2;
      if (stretch >= 1) least = Math.min(least, room / stretch);
    }
  }
  return tokensPerSecond(least);
}
