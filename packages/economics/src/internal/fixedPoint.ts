/**
 * `value` in units of 10^-digits, to the nearest, by the decimal that it is written as: times a power of ten, a double
 * of more than 4000 is off in the 12th digit. Throws `RangeError` for a value that is negative or not finite.
 */
export function fixedPoint(value: number, digits: number): bigint {
  const [, whole, fraction = "", exponent] = /^(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(value.toExponential()) ?? [];
  if (whole === undefined) throw new RangeError(`an amount must be finite and not negative, got ${value}`);
  const shift = Number(exponent) - fraction.length + digits;
  const written = BigInt(whole + fraction);
  if (shift >= 0) return written * 10n ** BigInt(shift);
  const unit = 10n ** BigInt(-shift);
  return (written + unit / 2n) / unit;
}

/** `amount` / 10^digits, exactly, without an exponent and without trailing zeros. */
export function fixedPointText(amount: bigint, digits: number): string {
  const text = String(amount).padStart(digits + 1, "0");
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`.replace(/\.?0+$/, "");
}
