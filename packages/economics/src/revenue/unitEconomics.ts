import { electricityBill, hourlyPerMillion, quotient } from "../internal/arithmetic.ts";
import { finite } from "../internal/checked.ts";
import type {
  Fraction,
  SignedUsdPerMillionTokens,
  TokensPerJoule,
  TokensPerSecond,
  UsdPerHour,
  UsdPerKilowattHour,
  UsdPerMillionTokens,
  Watts,
} from "../units.ts";

/** Machines at work, as rates: `production` is the same for a window that was counted. */
export type OperatingRates = {
  /** Of all machines, without electricity. */
  readonly machines: UsdPerHour;
  /** Drawn at the facility's meter. */
  readonly power: Watts;
  readonly electricity: UsdPerKilowattHour;
  /** What the machines can make within their service levels. */
  readonly capacity: TokensPerSecond;
  /** Sold over capacity, 0 to 1: from a load, not from a wish. */
  readonly utilisation: Fraction;
  readonly price: UsdPerMillionTokens;
};

export type UnitEconomics = {
  /** Also the price that breaks even. */
  readonly cost: UsdPerMillionTokens;
  /** The part of the cost that is electricity. */
  readonly energyCost: UsdPerMillionTokens;
  /** Price less cost. */
  readonly marginPerMillion: SignedUsdPerMillionTokens;
  /** Price less cost, over price. */
  readonly margin: number;
  /** Price less cost, over cost. */
  readonly markUp: number;
  /** The utilisation at which the price pays the cost; above 1, none does. */
  readonly breakEvenUtilisation: number;
  /** At the facility's meter. */
  readonly tokensPerJoule: TokensPerJoule;
  /** To set beside the price of electricity. */
  readonly revenuePerKilowattHour: UsdPerKilowattHour;
};

type Columns<Row> = Readonly<Record<keyof Row, Float64Array>>;

/**
 * What a million tokens cost and bring, for every row of the columns: a sweep over loads, prices or sites in one call.
 * Columns hold numbers of the units of `OperatingRates` and `UnitEconomics`. Where an answer is a ratio over nothing it is
 * NaN, which is how a column says `null`; an input of NaN is an unknown, and so is what depends on it.
 *
 * Throws `RangeError` for a utilisation outside 0 to 1.
 */
export function fillUnitEconomics(results: Columns<UnitEconomics>, rates: Columns<OperatingRates>): void {
  const { machines, power, electricity, capacity, utilisation, price } = rates;
  const { cost, energyCost, marginPerMillion, margin, markUp, breakEvenUtilisation } = results;
  const { tokensPerJoule, revenuePerKilowattHour } = results;
  for (let i = 0; i < cost.length; i += 1) {
    const used = utilisation[i] as number;
    if (used < 0 || used > 1) throw new RangeError(`utilisation must be 0 to 1, got ${used}`);
    const watts = power[i] as number;
    const asked = price[i] as number;
    const able = capacity[i] as number;
    const sold = able * used;
    const energy = electricityBill(watts * 3600, electricity[i] as number);
    const hour = (machines[i] as number) + energy;
    const each = sold === 0 ? Number.NaN : hourlyPerMillion(hour, sold);
    const perJoule = quotient(sold, watts);
    cost[i] = each;
    energyCost[i] = sold === 0 ? Number.NaN : hourlyPerMillion(energy, sold);
    marginPerMillion[i] = asked - each;
    margin[i] = quotient(asked - each, asked);
    markUp[i] = quotient(asked - each, each);
    breakEvenUtilisation[i] = able === 0 ? Number.NaN : quotient(hourlyPerMillion(hour, able), asked);
    tokensPerJoule[i] = perJoule;
    // $/M x tok/J x 3.6e6 J/kWh / 1e6
    revenuePerKilowattHour[i] = asked * perJoule * 3.6;
  }
}

/**
 * One row of `fillUnitEconomics`; `null` is an unknown, and what depends on it is unknown. Throws `RangeError` as it does,
 * and for an answer beyond the range of a number, which no unit holds.
 */
export function unitEconomics(rates: Unknown<OperatingRates>): Unknown<UnitEconomics> {
  row.machines[0] = rates.machines ?? Number.NaN;
  row.power[0] = rates.power ?? Number.NaN;
  row.electricity[0] = rates.electricity ?? Number.NaN;
  row.capacity[0] = rates.capacity ?? Number.NaN;
  row.utilisation[0] = rates.utilisation ?? Number.NaN;
  row.price[0] = rates.price ?? Number.NaN;
  fillUnitEconomics(result, row);
  return {
    cost: first<UsdPerMillionTokens>(result.cost),
    energyCost: first<UsdPerMillionTokens>(result.energyCost),
    marginPerMillion: first<SignedUsdPerMillionTokens>(result.marginPerMillion),
    margin: first(result.margin),
    markUp: first(result.markUp),
    breakEvenUtilisation: first(result.breakEvenUtilisation),
    tokensPerJoule: first<TokensPerJoule>(result.tokensPerJoule),
    revenuePerKilowattHour: first<UsdPerKilowattHour>(result.revenuePerKilowattHour),
  };
}

/** A row of which any value may be unknown. */
export type Unknown<Row> = { readonly [Name in keyof Row]: Row[Name] | null };

function first<Value extends number>(column: Float64Array): Value | null {
  const value = column[0] as Value;
  return Number.isNaN(value) ? null : finite(value, "what follows from the rates");
}

const one = () => new Float64Array(1);
// Used again: a call returns before the next one starts.
const row = {
  machines: one(),
  power: one(),
  electricity: one(),
  capacity: one(),
  utilisation: one(),
  price: one(),
};
const result = {
  cost: one(),
  energyCost: one(),
  marginPerMillion: one(),
  margin: one(),
  markUp: one(),
  breakEvenUtilisation: one(),
  tokensPerJoule: one(),
  revenuePerKilowattHour: one(),
};
