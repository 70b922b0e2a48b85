import { energyAtFacility } from "@joulemint/economics/cost/energyAtFacility";
import { type Production, production } from "@joulemint/economics/production";
import type { Finding } from "@joulemint/economics/quantities/Finding";
import { releasedRevenue } from "@joulemint/economics/releasedRevenue";
import { totalTokens } from "@joulemint/economics/TokenUsage";
import { type TokenAmplification, tokenAmplification } from "@joulemint/economics/tokenAmplification";
import { tokensPerJoule } from "@joulemint/economics/tokensPerJoule";
import { toUsd } from "@joulemint/economics/toUsd";
import {
  baseUnits,
  type Joules,
  type LlmTokens,
  llmTokens,
  millicredits,
  pricePerMillion,
  type Seconds,
  seconds,
  type TokensPerSecond,
  usd,
} from "@joulemint/economics/units";
import type { ProductionRecord, Window } from "@joulemint/ledger/read/readProduction";
import { receiptEnergy } from "@joulemint/protocol/receiptEnergy";
import type { Context } from "./Context.ts";
import type { FactoryCosts } from "./FactoryCosts.ts";
import { found } from "./found.ts";
import { productionFindings } from "./productionFindings.ts";

/** What a factory did in a window, as its meter saw it. Money in base units; energy in millijoules. */
export interface ProductionFigures {
  readonly sums: ProductionSums;
  readonly revenueByToken: ReadonlyMap<string, bigint>;
  /** `null` unless the energy of every call is known. */
  readonly millijoules: bigint | null;
  /** The same at the facility's meter; `null` if what it takes to get there is unknown. */
  readonly facilityEnergy: Joules | null;
  readonly tokensPerJoule: number | null;
  readonly amplification: TokenAmplification | null;
  readonly economics: Production;
  /** Of the window: what is over of it, and not before the machines were there. */
  readonly elapsed: Seconds;
  readonly models: readonly string[];
  readonly costs: FactoryCosts;
  readonly findings: readonly Finding[];
}

type Sum = Exclude<keyof ProductionRecord, "start" | "offering">;
export type ProductionSums = Readonly<Record<Sum, bigint>>;

const zero: ProductionSums = {
  requests: 0n,
  input: 0n,
  cachedInput: 0n,
  cacheWrite: 0n,
  output: 0n,
  reasoning: 0n,
  produced: 0n,
  delivered: 0n,
  sold: 0n,
  charge: 0n,
  energyMillijoules: 0n,
  producedKnown: 0n,
  energyMeasured: 0n,
  energyModelled: 0n,
  energyDeclared: 0n,
  energyUnknown: 0n,
  usageFinal: 0n,
  usageContinuous: 0n,
  usageProviderAsync: 0n,
  usageCounted: 0n,
};

/** Joins what the ledger summed by offering with prices and costs; every formula is that of economics. */
export async function productionFigures(
  records: readonly ProductionRecord[],
  window: Window,
  context: Pick<Context, "load" | "costs" | "now">,
): Promise<ProductionFigures> {
  const sums = Object.fromEntries(
    Object.keys(zero).map((name) => [name, records.reduce((sum, record) => sum + record[name as Sum], 0n)]),
  ) as ProductionSums;
  const revenueByToken = new Map<string, bigint>();
  const models = new Set<string>();
  let revenue: number | null = 0;
  for (const { offering: id, charge } of records) {
    const offering = await context.load.offering(id);
    // Calls are the ledger's own; their price is the chain's, which as of this block may not have it.
    if (offering === undefined) {
      revenue = null;
      continue;
    }
    if (offering.modelName !== null) models.add(offering.modelName);
    const token = await found(context.load.paymentToken(offering.paymentToken), `token ${offering.paymentToken}`);
    const amount = releasedRevenue(millicredits(charge), pricePerMillion(offering.pricePerMillion));
    revenueByToken.set(token.address, (revenueByToken.get(token.address) ?? 0n) + amount);
    if (revenue !== null) revenue += toUsd(baseUnits(amount), token.decimals);
  }

  const millijoules = sums.energyUnknown > 0n ? null : sums.energyMillijoules;
  const { costs } = context;
  const facilityEnergy = energyAtFacility(receiptEnergy(millijoules), costs.energyBoundary, {
    server: costs.serverOverhead,
    pue: costs.powerUsageEffectiveness,
  });
  const elapsed = elapsedOf(window, context);
  // The meter sees tokens only in answer to calls, so that what was produced for nobody is not among them.
  const produced = llmTokens(sums.produced);
  return {
    sums,
    revenueByToken,
    millijoules,
    facilityEnergy,
    tokensPerJoule: tokensPerJoule(llmTokens(sums.producedKnown), receiptEnergy(sums.energyMillijoules)),
    amplification: tokenAmplification({ total: totalTokens(sums), visible: llmTokens(sums.output) }),
    economics: production({
      produced,
      served: produced,
      sold: llmTokens(sums.sold),
      revenue: revenue === null ? null : usd(revenue),
      electricity: { energy: facilityEnergy, price: costs.electricityPrice },
      machines: {
        time: costs.machines === null ? null : seconds(costs.machines * elapsed),
        price: costs.machineHourPrice,
      },
      capacity: costs.capacity === null ? null : tokensMade(costs.capacity, elapsed),
    }),
    elapsed,
    models: [...models].sort(),
    costs,
    findings: productionFindings(sums, { priced: revenue !== null, costs }),
  };
}

/** The part of a window that is over, and not before the machines were there. */
function elapsedOf(window: Window, { costs, now }: Pick<Context, "costs" | "now">): Seconds {
  const from = Math.max(window.from.getTime(), costs.since?.getTime() ?? Number.NEGATIVE_INFINITY);
  const to = Math.min(window.to.getTime(), now.getTime());
  return seconds(Math.max(0, to - from) / 1000);
}

const tokensMade = (throughput: TokensPerSecond, duration: Seconds): LlmTokens =>
  llmTokens(BigInt(Math.floor(throughput * duration)));
