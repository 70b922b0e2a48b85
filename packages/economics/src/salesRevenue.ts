import { tokenSales } from "./internal/arithmetic.ts";
import { type LlmTokens, llmTokens, type Usd, type UsdPerMillionTokens, usd } from "./units.ts";

/** Tokens of one class and tier that were sold at one price. */
export type Sale = { readonly tokens: LlmTokens; readonly price: UsdPerMillionTokens };

/** Revenue = sold x price, summed over classes and tiers that each have a price of their own. */
export function salesRevenue(sales: readonly Sale[]): { sold: LlmTokens; revenue: Usd } {
  const sold = sales.reduce((sum, { tokens }) => sum + tokens, 0n);
  const revenue = sales.reduce((sum, { tokens, price }) => sum + tokenSales(Number(tokens), price), 0);
  return { sold: llmTokens(sold), revenue: usd(revenue) };
}
