import { type BaseUnits, type PlainNumber, type Usd, usd } from "./units.ts";

/**
 * Reads an amount of a dollar payment token (USDC and its like) as US dollars, at one token for one dollar. For
 * economics next to costs in dollars only: what is owed and paid stays in base units, where nothing is rounded.
 */
export const toUsd = (amount: BaseUnits, decimals: PlainNumber): Usd => usd(Number(amount) / 10 ** decimals);
