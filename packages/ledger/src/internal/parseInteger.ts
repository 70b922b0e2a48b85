/** PostgreSQL type ids whose values are bigints in TypeScript: int8 and numeric. */
export const INTEGER_TYPES = [20, 1700];

/** Throws on a fraction: nothing in the ledger has one, and flooring it silently would hide a rounding. */
export function parseInteger(text: string): bigint {
  return BigInt(text);
}
