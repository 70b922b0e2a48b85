import { assertBilled } from "../cost/Boundary.ts";
import { type AgentCall, taskAmplification } from "../demand/taskAmplification.ts";
import { type ProductionInput, production } from "../production.ts";
import type { RateCard } from "../RateCard.ts";
import { breakEvenPrice } from "../revenue/breakEvenPrice.ts";
import { margin } from "../revenue/margin.ts";
import { rateCall, type TierPrices } from "../revenue/PriceBook.ts";
import type { PricingForm } from "../revenue/PricingForm.ts";
import { rateWorkload, type Workload } from "../revenue/rateWorkload.ts";
import { unitEconomics } from "../revenue/unitEconomics.ts";
import { whyUnknown } from "../revenue/whyUnknown.ts";
import type { TokenUsage } from "../TokenUsage.ts";
import { tokenAmplification } from "../tokenAmplification.ts";
import type { LlmTokens, Usd, UsdPerMillionTokens } from "../units.ts";
import { resultOf } from "./resultOf.ts";

/** A window's figures one by one, so that each has a source of its own. */
type Window = Omit<ProductionInput, "electricity" | "machines"> & {
  readonly energy: ProductionInput["electricity"]["energy"];
  readonly electricity: ProductionInput["electricity"]["price"];
  readonly time: ProductionInput["machines"]["time"];
  readonly machines: ProductionInput["machines"]["price"];
};

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
  production: resultOf(
    ({ energy, electricity, time, machines, ...window }: Window, boundary) => {
      if (energy !== null) assertBilled(boundary);
      return production({
        ...window,
        electricity: { energy, price: electricity },
        machines: { time, price: machines },
      });
    },
    {
      unserved: "tok",
      unbilled: "tok",
      revenue: "USD",
      electricityCost: "USD",
      machineCost: "USD",
      cost: "USD",
      profit: "USD",
      margin: "1",
      markUp: "1",
      averagePrice: "USD/M tokens",
      marginPerMillion: "USD/M tokens",
      costPerMillionProduced: "USD/M tokens",
      breakEvenPrice: "USD/M tokens",
      utilisation: "1",
      breakEvenUtilisation: "1",
    },
    {
      produced: "tok",
      served: "tok",
      sold: "tok",
      capacity: "tok",
      revenue: "USD",
      energy: "J",
      electricity: "USD/kWh",
      time: "s",
      machines: "USD/h",
    },
  ),
  tokenAmplification: resultOf(
    (counts: { readonly total: LlmTokens | null; readonly visible: LlmTokens | null }) => tokenAmplification(counts),
    { total: "times", internal: "times" },
    { total: "tok", visible: "tok" },
  ),
};
