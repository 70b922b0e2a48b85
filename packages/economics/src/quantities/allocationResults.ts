import { admitClasses, type CallClass } from "../allocation/admitClasses.ts";
import { allocateProfile, type FirmTier, type TroughTier } from "../allocation/allocateProfile.ts";
import { allocateTiers, type TierOption } from "../allocation/allocateTiers.ts";
import { megawattCapital } from "../allocation/megawattCapital.ts";
import { type NormalTier, nestedProtectionLevels } from "../allocation/protectionLevels.ts";
import { type TierPromise, tierCapacity } from "../allocation/tierCapacity.ts";
import { type Cohort, demandOf } from "../demand/Cohort.ts";
import { contextMemory } from "../demand/contextMemory.ts";
import { fitGrowth } from "../demand/growth.ts";
import { priceResponse } from "../finance/priceResponse.ts";
import type { BatchServer } from "../production/BatchServer.ts";
import type { RequestStream } from "../production/poissonRequests.ts";
import type { BytesPerToken, LlmTokens, PlainNumber, UsdPerHour, Watts, Years } from "../units.ts";
import { resultOf } from "./resultOf.ts";

/** What is asked for, and who gets it, as results. */
export const allocationResults = {
  demandOf: resultOf(
    ({ cohorts, years }: { readonly cohorts: readonly Cohort[]; readonly years: Years }) => demandOf(cohorts, years),
    { callsPerSecond: "calls/s", demand: "tok/s", agentShare: "1", cohorts: "tok/s by cohort" },
    { cohorts: "cohorts", years: "years" },
  ),
  priceResponse: resultOf(
    ({ priceFactor, elasticity }: { readonly priceFactor: PlainNumber; readonly elasticity: PlainNumber }) =>
      priceResponse(priceFactor, elasticity),
    { quantity: "times", revenue: "times" },
    { priceFactor: "times", elasticity: "1" },
  ),
  allocateTiers: (maximise: "revenue" | "margin") =>
    resultOf(
      (site: {
        readonly power: Watts | null;
        readonly gpus: PlainNumber | null;
        readonly tiers: readonly TierOption[];
      }) => {
        const plan = allocateTiers({ ...site, maximise });
        return plan.status === "infeasible" ? null : { ...plan, ...plan.shadowPrices };
      },
      { tiers: "tok/s by tier", revenue: "USD/h", margin: "USD/h", perMegawatt: "USD/h/MW", perGpu: "USD/h/GPU" },
      { power: "W", gpus: "GPUs", tiers: "tiers" },
    ),
  allocateProfile: (maximise: "revenue" | "margin") =>
    resultOf(
      (site: {
        readonly power: Watts | null;
        readonly gpus: PlainNumber | null;
        readonly firm: readonly FirmTier[];
        readonly trough: TroughTier;
      }) => {
        const plan = allocateProfile({ ...site, maximise });
        return plan.status === "infeasible" ? null : { ...plan, ...plan.trough };
      },
      { served: "tok/s", availability: "1", spare: "tok/s by interval", revenue: "USD/h", margin: "USD/h" },
      { power: "W", gpus: "GPUs", firm: "tiers", trough: "tiers" },
    ),
  tierCapacity: (seed: PlainNumber, requests: PlainNumber) =>
    resultOf(
      ({
        server,
        promise,
        ...sizes
      }: { readonly server: BatchServer; readonly promise: TierPromise } & Pick<
        RequestStream,
        "inputTokens" | "outputTokens"
      >) => tierCapacity(server, sizes, promise, { seed, requests }),
      { arrivals: "requests/s", goodput: "tok/s", tails: "s, and tok/s" },
      { server: "s by batch", promise: "s", inputTokens: "tok", outputTokens: "tok" },
      ["server"],
    ),
  admitClasses: resultOf(
    ({ places, classes }: { readonly places: PlainNumber; readonly classes: readonly CallClass[] }) =>
      admitClasses(places, classes),
    { classes: "1 by class", upperBound: "USD/h", revenue: "USD/h", blocked: "1", perPlace: "USD/h" },
    { places: "places", classes: "classes" },
  ),
  nestedProtectionLevels: resultOf(
    ({ tiers }: { readonly tiers: readonly NormalTier[] }) => nestedProtectionLevels(tiers),
    "as demand, by tier",
    { tiers: "tiers" },
  ),
  megawattCapital: resultOf(
    (of: { readonly perMegawatt: UsdPerHour | null; readonly rate: PlainNumber; readonly years: Years }) =>
      of.perMegawatt === null ? null : megawattCapital(of.perMegawatt, of.rate, of.years),
    "USD/MW",
    { perMegawatt: "USD/h/MW", rate: "1/year", years: "years" },
  ),
  contextMemory: resultOf(
    (of: { readonly context: LlmTokens; readonly each: BytesPerToken }) => contextMemory(of.context, of.each),
    "B",
    { context: "tok", each: "B/tok" },
  ),
  fitGrowth: resultOf(
    ({ points }: { readonly points: Parameters<typeof fitGrowth>[0] }) => fitGrowth(points),
    { start: "as values", growth: "as values, a year", errors: "as values" },
    { points: "values by year" },
  ),
};
