/**
 * exp, ln and power out of + - x / alone. ECMAScript leaves the last digits of `Math.exp`, `Math.log` and `Math.pow` to
 * the engine; IEEE 754 leaves nothing of these four, so that a seed gives the same figures on every machine.
 */
const LN2_HIGH = 0.6931471803691238; // the leading 32 bits of ln 2: exact when multiplied by an exponent
const LN2_LOW = 1.9082149292705877e-10;
const SQRT2 = Math.SQRT2;
const word = new DataView(new ArrayBuffer(8));

/** e^x; 0 below and Infinity above what a double holds. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.79) return Number.POSITIVE_INFINITY;
  if (x < -745.2) return 0;
  const exponent = Math.round(x / Math.LN2);
  const rest = x - exponent * LN2_HIGH - exponent * LN2_LOW;
  // |rest| <= 0.35: the term of degree 15 is below the last bit.
  let sum = 1;
  for (let n = 15; n > 0; n -= 1) sum = 1 + (rest / n) * sum;
  const half = exponent >> 1;
  return sum * powerOfTwo(half) * powerOfTwo(exponent - half);
}

/** The natural logarithm of a positive, normal double. Throws `RangeError` for anything else. */
export function ln(x: number): number {
  if (!(x >= 2.2250738585072014e-308 && x < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`a logarithm needs a positive finite number, got ${x}`);
  }
  word.setFloat64(0, x);
  let exponent = (word.getUint32(0) >>> 20) - 1023;
  let mantissa = x / powerOfTwo(exponent);
  if (mantissa > SQRT2) {
    mantissa /= 2;
    exponent += 1;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let series = 0;
  for (let n = 23; n > 0; n -= 2) series = series * square + 1 / n;
  return exponent * LN2_HIGH + (2 * s * series + exponent * LN2_LOW);
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

/** 2^n for a normal double. */
function powerOfTwo(n: number): number {
  word.setUint32(0, (n + 1023) << 20);
  word.setUint32(4, 0);
  return word.getFloat64(0);
}
