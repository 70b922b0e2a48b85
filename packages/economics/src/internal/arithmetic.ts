/** Formulas as bare arithmetic, for single figures with units and for columns of numbers alike. */

/** Dollars for a million tokens, of dollars and tokens. */
export const perMillion = (usd: number, tokens: number): number => (usd * 1e6) / tokens;

/** Dollars for a million tokens, of dollars an hour and tokens a second. */
export const hourlyPerMillion = (usdPerHour: number, tokensPerSecond: number): number =>
  perMillion(usdPerHour, tokensPerSecond * 3600);

/** Dollars, of tokens and dollars for a million of them. */
export const tokenSales = (tokens: number, usdPerMillion: number): number => (tokens / 1e6) * usdPerMillion;

/** Dollars an hour, of tokens a second and dollars for a million of them. */
export const hourlySales = (tokensPerSecond: number, usdPerMillion: number): number =>
  tokenSales(tokensPerSecond * 3600, usdPerMillion);

/** Dollars, of joules and dollars a kilowatt-hour. */
export const electricityBill = (joules: number, usdPerKilowattHour: number): number =>
  (joules / 3_600_000) * usdPerKilowattHour;

/** `part` for each unit of `whole`; over nothing, NaN, which is how a column says `null`. */
export const quotient = (part: number, whole: number): number => (whole === 0 ? Number.NaN : part / whole);
