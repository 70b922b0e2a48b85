/** `raw` / 10^`decimals`, exactly, without trailing zeros: `decimal(1500n, 3)` is "1.5". */
export function decimal(raw: bigint, decimals: number): string {
  const sign = raw < 0n ? "-" : "";
  const digits = (raw < 0n ? -raw : raw).toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, "");
  return `${sign}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

/** A measured or derived number as a decimal string to 12 places, without an exponent; what is unknown, or no number, is `null`. */
export const decimalOf = (value: number | null): string | null =>
  value === null || !Number.isFinite(value) ? null : finiteDecimal(value);

/** The same of a number that is known and finite. */
export function finiteDecimal(value: number): string {
  // toFixed turns to exponents from 10^21 on; such a number has no fraction.
  const text = Math.abs(value) < 1e21 ? value.toFixed(12).replace(/\.?0+$/, "") : BigInt(value).toString();
  return text === "-0" ? "0" : text;
}
