import { electricityCost } from "./electricityCost.ts";
import { perMillion, tokenSales } from "./internal/arithmetic.ts";
import { both, ratio } from "./internal/known.ts";
import { margin } from "./revenue/margin.ts";
import {
  type Joules,
  type LlmTokens,
  llmTokens,
  type Seconds,
  type SignedUsd,
  type SignedUsdPerMillionTokens,
  signedUsdPerMillionTokens,
  type Usd,
  type UsdPerHour,
  type UsdPerKilowattHour,
  type UsdPerMillionTokens,
  usd,
  usdPerMillionTokens,
} from "./units.ts";

/**
 * What a factory did in one window. `null` is unknown, and every result that needs an unknown is `null` too.
 * The token counts are of the same classes: `produced` came out of the servers, for callers or not; `served` is the
 * part made in answer to a call, until its end or its abort; `sold` is the part that was charged.
 */
export type ProductionInput = {
  readonly produced: LlmTokens | null;
  readonly served: LlmTokens | null;
  readonly sold: LlmTokens | null;
  /** What the sold tokens brought in: `salesRevenue`, or settled money by `toUsd`. */
  readonly revenue: Usd | null;
  /** The facility's energy (`energyAtFacility`) and what the utility asks for it. */
  readonly electricity: { readonly energy: Joules | null; readonly price: UsdPerKilowattHour | null };
  /** Time of all machines together, and the price of one machine's hour without electricity. */
  readonly machines: { readonly time: Seconds | null; readonly price: UsdPerHour | null };
  /** Tokens that the machines could have made in the window; an estimate, so `produced` may exceed it. */
  readonly capacity: LlmTokens | null;
};

export type Production = {
  /** Produced for nobody: warm-up, benchmarks, drafts that were thrown away. */
  readonly unserved: LlmTokens | null;
  /** Served and not charged. */
  readonly unbilled: LlmTokens | null;
  readonly revenue: Usd | null;
  readonly electricityCost: Usd | null;
  readonly machineCost: Usd | null;
  readonly cost: Usd | null;
  readonly profit: SignedUsd | null;
  /** Profit over revenue. */
  readonly margin: number | null;
  /** Profit over cost: for the same profit, larger than the margin. */
  readonly markUp: number | null;
  /** Revenue for each million tokens sold. */
  readonly averagePrice: UsdPerMillionTokens | null;
  /** Profit for each million tokens sold; negative for a loss. */
  readonly marginPerMillion: SignedUsdPerMillionTokens | null;
  readonly costPerMillionProduced: UsdPerMillionTokens | null;
  /** The average price at which the tokens sold would have paid for all that was produced. */
  readonly breakEvenPrice: UsdPerMillionTokens | null;
  /** Sold over capacity. */
  readonly utilisation: number | null;
  /** The utilisation at which the average price would have paid the cost; above 1, no load would have been enough. */
  readonly breakEvenUtilisation: number | null;
};

const SECONDS_PER_HOUR = 3600;

/**
 * The economics of a window. Cost is what the window cost, whether its tokens were sold or not: cost per produced
 * token times tokens sold would hide what the unsold tokens cost. A ratio over zero is `null`.
 *
 * Throws `RangeError` unless produced >= served >= sold, for those that are known.
 */
export function production(input: ProductionInput): Production {
  const { produced, served, sold, revenue, electricity, machines, capacity } = input;
  const powerCost = both(electricity.energy, electricity.price, electricityCost);
  const machineCost = both(machines.time, machines.price, (time, price) => usd((time / SECONDS_PER_HOUR) * price));
  const cost = both(powerCost, machineCost, (power, machine) => usd(power + machine));
  const { profit, gross, markUp } = margin(revenue, cost);
  const averagePrice = forMillion(revenue, sold, usdPerMillionTokens);
  const revenueAtCapacity = both(averagePrice, capacity, (price, tokens) => tokenSales(Number(tokens), price));
  // Not part of the result, but with `served` unknown the order of the other two still has to hold.
  difference(produced, sold, "produced >= sold");

  return {
    unserved: difference(produced, served, "produced >= served"),
    unbilled: difference(served, sold, "served >= sold"),
    revenue,
    electricityCost: powerCost,
    machineCost,
    cost,
    profit,
    margin: gross,
    markUp,
    averagePrice,
    marginPerMillion: forMillion(profit, sold, signedUsdPerMillionTokens),
    costPerMillionProduced: forMillion(cost, produced, usdPerMillionTokens),
    breakEvenPrice: forMillion(cost, sold, usdPerMillionTokens),
    utilisation: ratio(sold, capacity),
    breakEvenUtilisation: ratio(cost, revenueAtCapacity),
  };
}

const forMillion = <Unit>(
  amount: number | null,
  tokens: LlmTokens | null,
  unit: (value: number) => Unit,
): Unit | null => both(amount, tokens, (usd, count) => (count === 0n ? null : unit(perMillion(usd, Number(count)))));

/** `all` less `part`. Throws `RangeError`, with what the two are, if the part exceeds the whole. */
const difference = (all: LlmTokens | null, part: LlmTokens | null, what: string): LlmTokens | null =>
  both(all, part, (a, b) => {
    if (b > a) throw new RangeError(`${what} must hold, got ${a} and ${b} tokens`);
    return llmTokens(a - b);
  });
