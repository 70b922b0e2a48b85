import type { Claim } from "./Claim.ts";

/**
 * The search goes outward from where it starts by this factor, this often: over 60 orders of magnitude to each side.
 */
const FACTOR = 1.25;
const OUTWARD = 620;

/**
 * The value of one input at which a claim computes to its stated figure, the other inputs being as stated or assumed:
 * the surface on which an under-specified claim would be true. Of several such values the one nearest to the input's
 * own (to 1, if it is missing); `null` if no positive value does it. Throws `RangeError` if the claim states no figure
 * or another input is missing.
 */
export function solveFor<Input extends string>(
  claim: Claim<Input>,
  name: NoInfer<Input>,
  assumptions: Partial<Readonly<Record<NoInfer<Input>, number>>> = {},
): number | null {
  const { stated } = claim;
  if (stated === null) throw new RangeError(`${claim.id} states no figure to solve for`);
  const others: Record<string, number | null> = { ...claim.inputs, ...assumptions };
  const missing = Object.keys(others).filter((other) => other !== name && others[other] === null);
  if (missing.length > 0) throw new RangeError(`${claim.id} lacks ${missing.join(", ")}`);
  const excess = (value: number): number => {
    try {
      return claim.compute({ ...others, [name]: value } as Record<Input, number>) - stated;
    } catch (error) {
      // A function refuses values that cannot be, such as more visible tokens than there are: no solution lies there.
      if (error instanceof RangeError) return Number.NaN;
      throw error;
    }
  };
  const start = others[name] ?? 1;
  for (let step = 0; step < OUTWARD; step += 1) {
    for (const factor of [FACTOR, 1 / FACTOR]) {
      const near = start * factor ** step;
      const far = near * factor;
      if (excess(near) * excess(far) <= 0) return bisect(excess, near, far);
    }
  }
  return null;
}

/** Where `excess` changes its sign between two positive values, halving the ratio between them. */
function bisect(excess: (value: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  const sign = Math.sign(excess(low)) || -Math.sign(excess(high));
  for (let step = 0; step < 60; step += 1) {
    const middle = Math.sqrt(low * high);
    if (Math.sign(excess(middle)) === sign) low = middle;
    else high = middle;
  }
  return Math.sqrt(low * high);
}
