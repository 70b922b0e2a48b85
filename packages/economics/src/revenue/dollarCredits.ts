import { type Millicredits, millicredits, type Usd, type UsdPerMillionTokens, usd } from "../units.ts";

/**
 * List prices on the meter's own rating engine. A card in dollars has credits of $10^-6, so that a million of them cost
 * one dollar: a price of $2 for a million tokens is a weight of 2 credits, and all list prices are exact. A weight is in
 * micro-credits, $10^-12.
 */
const MICRO_CREDITS_PER_DOLLAR = 1e12;

/** The weight of a unit that costs `price`, to the nearest $10^-12. */
export const unitWeight = (price: Usd): bigint => BigInt(Math.round(price * MICRO_CREDITS_PER_DOLLAR));

/** The weight of a token at a price for a million. */
export const tokenWeight = (price: UsdPerMillionTokens): bigint =>
  BigInt(Math.round((price / 1e6) * MICRO_CREDITS_PER_DOLLAR));

/** The most that may be charged for an amount: rounded down, to $10^-9. */
export const usdCharge = (amount: Usd): Millicredits => millicredits(unitWeight(amount) / 1000n);

/** What a charge on a card in dollars amounts to. */
export const chargeUsd = (charge: Millicredits): Usd => usd(Number(charge) / 1e9);
