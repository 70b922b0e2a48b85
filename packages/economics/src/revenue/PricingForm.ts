import type { Meter } from "../meters.ts";
import type { Usd, UsdPerHour } from "../units.ts";
import type { TierPrices } from "./PriceBook.ts";

/** A plan of a ladder: for up to so many conversations a month; without a bound, for any number. */
export type PlanStep = { readonly upTo: bigint | null; readonly monthly: Usd };

/**
 * The ten ways in which agents and models are sold, in four families: usage (five), value (two), subscription (two) and
 * hybrid. (A count of nine merges two of them.)
 */
export type PricingForm =
  | { readonly form: "token"; readonly prices: TierPrices }
  | { readonly form: "action"; readonly price: Usd }
  | { readonly form: "computeUnit"; readonly price: Usd }
  | { readonly form: "time"; readonly price: UsdPerHour }
  | { readonly form: "conversation"; readonly price: Usd }
  | { readonly form: "outcome"; readonly price: Usd }
  | { readonly form: "workflow"; readonly price: Usd }
  | { readonly form: "seat"; readonly monthly: Usd }
  | { readonly form: "tieredPlan"; readonly plans: readonly PlanStep[] }
  | {
      readonly form: "hybrid";
      readonly monthly: Usd;
      /** What is included a month, on which meter, and what each unit beyond costs. */
      readonly meter: Exclude<Meter, "spare1" | "spare2">;
      readonly included: bigint;
      readonly overage: Usd;
      /** The most that overage may cost in all; `null` for no cap. */
      readonly cap: Usd | null;
    };

export type FormName = PricingForm["form"];

export const PRICING_FAMILIES: Readonly<Record<FormName, "usage" | "value" | "subscription" | "hybrid">> = {
  token: "usage",
  action: "usage",
  computeUnit: "usage",
  time: "usage",
  conversation: "usage",
  outcome: "value",
  workflow: "value",
  seat: "subscription",
  tieredPlan: "subscription",
  hybrid: "hybrid",
};
