import { fixedPoint } from "../internal/fixedPoint.ts";
import { type Millicredits, millicredits, type Usd, type UsdPerMillionTokens, usd } from "../units.ts";

/**
 * List prices on the meter's own rating engine. A card in dollars has credits of $10^-6, so that a million of them cost
 * one dollar: a price of $2 for a million tokens is a weight of 2 credits, and all list prices are exact. A weight is in
 * micro-credits, $10^-12: so many decimals of a dollar.
 */
export const WEIGHT_DIGITS = 12;

/** The weight of a unit that costs `price`, to the nearest $10^-12. */
export const unitWeight = (price: Usd): bigint => fixedPoint(price, WEIGHT_DIGITS);

/** The weight of a token at a price for a million, whose decimals are six places to the left. */
export const tokenWeight = (price: UsdPerMillionTokens): bigint => fixedPoint(price, WEIGHT_DIGITS - 6);

/** The price of a unit of this weight. */
export const weightUsd = (weight: bigint): Usd => usd(Number(weight) / 10 ** WEIGHT_DIGITS);

/** A charge is in millicredits, $10^-9. */
export const CHARGE_DIGITS = 9;

/** The most that may be charged for an amount: rounded down, to $10^-9. */
export const usdCharge = (amount: Usd): Millicredits => millicredits(unitWeight(amount) / 1000n);

/** What a charge on a card in dollars amounts to. */
export const chargeUsd = (charge: Millicredits): Usd => usd(Number(charge) / 10 ** CHARGE_DIGITS);
