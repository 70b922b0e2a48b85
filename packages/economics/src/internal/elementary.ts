/**
 * exp, ln and power out of + - x / alone. ECMAScript leaves the last digits of `Math.exp`, `Math.log` and `Math.pow` to
 * the engine; IEEE 754 leaves nothing of these four, so that a seed gives the same figures on every machine.
 */
const LN2_HIGH = 0.6931471803691238; // the leading 32 bits of ln 2: exact when multiplied by an exponent
const LN2_LOW = 1.9082149292705877e-10;
const SQRT2 = Math.SQRT2;
const word = new DataView(new ArrayBuffer(8));
const POWERS_OF_TWO = new Float64Array(2098);
for (let n = 0, value = Number.MIN_VALUE; n < POWERS_OF_TWO.length; n += 1, value *= 2) POWERS_OF_TWO[n] = value;

/** e^x; 0 below and Infinity above what a double holds. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.79) return Number.POSITIVE_INFINITY;
  if (x < -745.2) return 0;
  const exponent = Math.round(x / Math.LN2);
  const rest = x - exponent * LN2_HIGH - exponent * LN2_LOW;
  // Pade's approximant of order 6: for |rest| <= 0.35 its error is below the last bit.
  const square = rest * rest;
  const even = 665280 + square * (75600 + square * (840 + square));
  const odd = rest * (332640 + square * (10080 + square * 42));
  const half = exponent >> 1;
  return (1 + (2 * odd) / (even - odd)) * powerOfTwo(half) * powerOfTwo(exponent - half);
}

/** The natural logarithm of a positive, normal double. Throws `RangeError` for anything else. */
export function ln(x: number): number {
  if (!(x >= 2.2250738585072014e-308 && x < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`a logarithm needs a positive finite number, got ${x}`);
  }
  word.setFloat64(0, x);
  let exponent = (word.getUint32(0) >>> 20) - 1023;
  let mantissa = x * powerOfTwo(-exponent);
  if (mantissa > SQRT2) {
    mantissa /= 2;
    exponent += 1;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  // 1 + square / 3 + square^2 / 5 + ... + square^11 / 23, in two sums that a processor adds up side by side.
  const fourth = square * square;
  let first = 0;
  let second = 0;
  for (let n = 21; n > 0; n -= 4) {
    first = first * fourth + 1 / n;
    second = second * fourth + 1 / (n + 2);
  }
  return exponent * LN2_HIGH + (2 * s * (first + square * second) + exponent * LN2_LOW);
}

/** base^exponent for a base of 0 or more; whole exponents by squaring. */
export function power(base: number, exponent: number): number {
  if (Number.isInteger(exponent) && Math.abs(exponent) <= 1024) {
    const whole = wholePower(base, Math.abs(exponent));
    return exponent < 0 ? 1 / whole : whole;
  }
  if (base === 0 && exponent > 0) return 0;
  return exp(exponent * ln(base));
}

function wholePower(base: number, exponent: number): number {
  let result = 1;
  for (let square = base, rest = exponent; rest > 0; rest >>= 1) {
    if (rest & 1) result *= square;
    square *= square;
  }
  return result;
}

/** 2^n, for all that a double holds: n from -1074 to 1023. */
const powerOfTwo = (n: number): number => POWERS_OF_TWO[n + 1074] as number;
