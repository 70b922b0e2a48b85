import { exp, ln } from "../internal/elementary.ts";
import type { PlainNumber } from "../units.ts";

/** What is believed of an uncertain input, in the unit of that input. `sigma` of a lognormal is that of its logarithm. */
export type Distribution =
  | { readonly kind: "uniform"; readonly low: PlainNumber; readonly high: PlainNumber }
  | { readonly kind: "triangular"; readonly low: PlainNumber; readonly mode: PlainNumber; readonly high: PlainNumber }
  | { readonly kind: "normal"; readonly mean: PlainNumber; readonly deviation: PlainNumber }
  | { readonly kind: "lognormal"; readonly median: PlainNumber; readonly sigma: PlainNumber };

/**
 * The value that is not exceeded with probability `p`, 0 < p < 1. One uniform number makes one draw, so that draws
 * of two scenarios rise and fall together. Throws `RangeError` for a distribution that is none.
 */
export function distributionQuantile(distribution: Distribution, p: PlainNumber): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a probability must lie between 0 and 1, got ${p}`);
  switch (distribution.kind) {
    case "uniform": {
      const { low, high } = distribution;
      ordered(low <= high, distribution);
      return low + (high - low) * p;
    }
    case "triangular": {
      const { low, mode, high } = distribution;
      ordered(low <= mode && mode <= high, distribution);
      const width = high - low;
      const rising = mode - low;
      if (p * width <= rising) return low + Math.sqrt(p * width * rising);
      return high - Math.sqrt((1 - p) * width * (high - mode));
    }
    case "normal":
      ordered(distribution.deviation >= 0, distribution);
      return distribution.mean + distribution.deviation * normalQuantile(p);
    case "lognormal":
      ordered(distribution.median > 0 && distribution.sigma >= 0, distribution);
      return distribution.median * exp(distribution.sigma * normalQuantile(p));
  }
}

function ordered(holds: boolean, distribution: Distribution): void {
  if (!holds) throw new RangeError(`not a distribution: ${JSON.stringify(distribution)}`);
}

/** Wichura's rational approximations (AS 241, Applied Statistics 1988), to about 16 digits. */
export function normalQuantile(p: PlainNumber): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * rational(CENTRE, 0.180625 - q * q);
  const r = Math.sqrt(-ln(q < 0 ? p : 1 - p));
  const size = r <= 5 ? rational(FLANK, r - 1.6) : rational(TAIL, r - 5);
  return q < 0 ? -size : size;
}

type Rational = { readonly above: readonly number[]; readonly below: readonly number[] };

const rational = ({ above, below }: Rational, x: number) => polynomial(above, x) / polynomial(below, x);

/** Coefficients from the highest degree down. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = 0; i < coefficients.length; i += 1) sum = sum * x + (coefficients[i] as number);
  return sum;
}

const CENTRE: Rational = {
  above: [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513,
    133.14166789178438, 3.3871328727963665,
  ],
  below: [
    5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579,
    42.31333070160091, 1,
  ],
};
const FLANK: Rational = {
  above: [
    0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
    5.769497221460691, 4.630337846156546, 1.4234371107496835,
  ],
  below: [
    1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
    1.6763848301838038, 2.053191626637759, 1,
  ],
};
const TAIL: Rational = {
  above: [
    2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487,
    1.7848265399172913, 5.463784911164114, 6.657904643501103,
  ],
  below: [
    2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133, 0.014875361290850615,
    0.1369298809227358, 0.599832206555888, 1,
  ],
};
