import { assertBilled } from "../cost/Boundary.ts";
import { type AgentCall, taskAmplification } from "../demand/taskAmplification.ts";
import type { RateCard } from "../RateCard.ts";
import { breakEvenPrice } from "../revenue/breakEvenPrice.ts";
import { margin } from "../revenue/margin.ts";
import { rateCall, type TierPrices } from "../revenue/PriceBook.ts";
import type { PricingForm } from "../revenue/PricingForm.ts";
import { rateWorkload, type Workload } from "../revenue/rateWorkload.ts";
import { unitEconomics } from "../revenue/unitEconomics.ts";
import { whyUnknown } from "../revenue/whyUnknown.ts";
import type { TokenUsage } from "../TokenUsage.ts";
import type { LlmTokens, Usd, UsdPerMillionTokens } from "../units.ts";
import { resultOf } from "./resultOf.ts";

/** What tokens bring, as results. */
export const revenueResults = {
  unitEconomics: resultOf(
    (rates: Parameters<typeof unitEconomics>[0], boundary) => {
      if (rates.power !== null) assertBilled(boundary);
      return { ...unitEconomics(rates), unknown: whyUnknown(rates) };
    },
    {
      cost: "USD/M tokens",
      energyCost: "USD/M tokens",
      marginPerMillion: "USD/M tokens",
      margin: "1",
      markUp: "1",
      breakEvenUtilisation: "1",
      tokensPerJoule: "tok/J",
      revenuePerKilowattHour: "USD/kWh",
    },
    {
      machines: "USD/h",
      power: "W",
      electricity: "USD/kWh",
      capacity: "tok/s",
      utilisation: "1",
      price: "USD/M tokens",
    },
    ["capacity"],
  ),
  margin: resultOf(
    ({ revenue, cost }: { readonly revenue: Usd | null; readonly cost: Usd | null }) => margin(revenue, cost),
    {
      profit: "USD",
      gross: "1",
      markUp: "1",
    },
    { revenue: "USD", cost: "USD" },
  ),
  breakEvenPrice: resultOf(
    (of: {
      readonly fixed: Usd | null;
      readonly variable: UsdPerMillionTokens | null;
      readonly sold: LlmTokens | null;
    }) => breakEvenPrice(of.fixed, of.variable, of.sold),
    "USD/M tokens",
    { fixed: "USD", variable: "USD/M tokens", sold: "tok" },
  ),
  rateCall: resultOf(
    ({ usage, prices }: { readonly usage: TokenUsage; readonly prices: TierPrices }) => rateCall(usage, prices),
    "USD by meter",
    { usage: "tok by meter", prices: "USD/M tokens by meter" },
  ),
  rateWorkload: resultOf(
    ({ workload, form }: { readonly workload: Workload; readonly form: PricingForm }) => rateWorkload(workload, form),
    { lines: "USD by meter", revenue: "USD", disputed: "USD" },
    { workload: "use by meter", form: "USD by meter" },
  ),
  taskAmplification: resultOf(
    ({ tasks, card }: { readonly tasks: readonly AgentCall[]; readonly card: RateCard }) =>
      taskAmplification(tasks, card),
    { total: "times", internal: "times", cost: "times", agents: "tokens by agent" },
    { tasks: "tok by call", card: "micro-credits by meter" },
  ),
};
