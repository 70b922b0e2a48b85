import { allInput, allOutput } from "@joulemint/economics/TokenUsage";
import type { TokenAmplification as Amplification } from "@joulemint/economics/tokenAmplification";
import { builder } from "../builder.ts";
import { decimal, decimalOf } from "../decimal.ts";
import type { ProductionFigures } from "../productionFigures.ts";
import { Money, money } from "./Amount.ts";
import { EconomicFinding } from "./EconomicFinding.ts";
import { EnergyBoundary } from "./EnergyBoundary.ts";
import { Tokens } from "./UsageEvent.ts";

const EnergyProvenanceCounts = builder.objectRef<ProductionFigures["sums"]>("EnergyProvenanceCounts").implement({
  description: "How many calls have their joules from where.",
  fields: (t) => ({
    measured: t.expose("energyMeasured", { type: "BigInt" }),
    modelled: t.expose("energyModelled", { type: "BigInt" }),
    declared: t.expose("energyDeclared", { type: "BigInt" }),
    unknown: t.expose("energyUnknown", { type: "BigInt" }),
  }),
});

const UsageProvenanceCounts = builder.objectRef<ProductionFigures["sums"]>("UsageProvenanceCounts").implement({
  description: "How many calls have their token counts from where.",
  fields: (t) => ({
    final: t.expose("usageFinal", { type: "BigInt" }),
    continuous: t.expose("usageContinuous", { type: "BigInt" }),
    providerAsync: t.expose("usageProviderAsync", { type: "BigInt" }),
    counted: t.expose("usageCounted", { type: "BigInt" }),
  }),
});

const TokenAmplification = builder.objectRef<Amplification>("TokenAmplification").implement({
  description: "How many tokens an output token took.",
  fields: (t) => ({
    total: t.field({ type: "Decimal", resolve: ({ total }) => decimalOf(total) ?? "0", description: "All of them." }),
    internal: t.field({
      type: "Decimal",
      description: "Those that the caller did not get to see: one less than `total`.",
      resolve: ({ internal }) => decimalOf(internal) ?? "0",
    }),
  }),
});

const FactoryOperatingPoint = builder.objectRef<ProductionFigures>("FactoryOperatingPoint").implement({
  description:
    "Where the factory worked, without which its figures say little. The meter does not see precision, batch sizes or " +
    "speculative decoding.",
  fields: (t) => ({
    models: t.stringList({ description: "As clients name them.", resolve: ({ models }) => [...models] }),
    inputTokensPerRequest: t.field({
      type: "Decimal",
      nullable: true,
      description: "The mean, cached ones included; null without requests.",
      resolve: ({ sums }) => mean(allInput(sums), Number(sums.requests)),
    }),
    outputTokensPerRequest: t.field({
      type: "Decimal",
      nullable: true,
      description: "The mean, reasoning included.",
      resolve: ({ sums }) => mean(allOutput(sums), Number(sums.requests)),
    }),
    producedPerSecond: t.field({
      type: "Decimal",
      nullable: true,
      description: "Output tokens, over the part of the window that is over.",
      resolve: ({ sums, elapsed }) => mean(sums.produced, elapsed),
    }),
    capacityPerSecond: t.field({
      type: "Decimal",
      nullable: true,
      description: "Output tokens that the machines can make, as the operator says.",
      resolve: ({ costs }) => decimalOf(costs.capacity),
    }),
    machines: t.int({ nullable: true, resolve: ({ costs }) => costs.machines }),
    machineHourPrice: t.field({
      type: "Usd",
      nullable: true,
      resolve: ({ costs }) => decimalOf(costs.machineHourPrice),
    }),
    electricityPerKilowattHour: t.field({
      type: "Usd",
      nullable: true,
      resolve: ({ costs }) => decimalOf(costs.electricityPrice),
    }),
    serverOverhead: t.field({
      type: "Decimal",
      nullable: true,
      description: "Machine energy over that of its GPUs, as the operator says.",
      resolve: ({ costs }) => decimalOf(costs.serverOverhead),
    }),
    powerUsageEffectiveness: t.field({
      type: "Decimal",
      nullable: true,
      resolve: ({ costs }) => decimalOf(costs.powerUsageEffectiveness),
    }),
  }),
});

const mean = (tokens: bigint, over: number) => (over === 0 ? null : decimalOf(Number(tokens) / over));

export const Production = builder.interfaceRef<ProductionFigures>("Production").implement({
  description:
    "What a factory did in a window, as its meter saw it: calls that ended in it. null is unknown, and so is every " +
    "figure that needs an unknown. The meter is always that of now; prices are those that the chain has as of `asOf`.",
  fields: (t) => ({
    requests: t.field({ type: "BigInt", resolve: ({ sums }) => sums.requests }),
    tokens: t.field({ type: Tokens, resolve: ({ sums }) => sums }),
    produced: t.field({
      type: "BigInt",
      description: "Output tokens, reasoning included, that the inference servers made.",
      resolve: ({ sums }) => sums.produced,
    }),
    served: t.field({
      type: "BigInt",
      description:
        "The part of them that was made in answer to a call, until its end or its abort. " +
        "The meter sees nothing else, so the two are equal here.",
      resolve: ({ sums }) => sums.produced,
    }),
    delivered: t.field({
      type: "BigInt",
      description: "The part of them that reached a caller.",
      resolve: ({ sums }) => sums.delivered,
    }),
    sold: t.field({
      type: "BigInt",
      description: "The part of them that was charged in full.",
      resolve: ({ sums }) => sums.sold,
    }),
    unbilled: t.field({
      type: "BigInt",
      nullable: true,
      description: "Served and not charged in full.",
      resolve: ({ economics }) => economics.unbilled,
    }),
    revenueByToken: t.field({
      type: [Money],
      description:
        "Credits charged x the offering's price, rounded down for each offering, by payment token. Without offerings " +
        "that the chain, as of this block, does not have.",
      resolve: ({ revenueByToken }, _, context) =>
        Promise.all([...revenueByToken].map(([token, amount]) => money(context, token, amount))),
    }),
    revenue: t.field({
      type: "Usd",
      nullable: true,
      description: "All payment tokens together, read as one dollar each; null where an offering's price is not known.",
      resolve: ({ economics }) => decimalOf(economics.revenue),
    }),
    electricityCost: t.field({
      type: "Usd",
      nullable: true,
      description: "Of `facilityJoules`.",
      resolve: ({ economics }) => decimalOf(economics.electricityCost),
    }),
    machineCost: t.field({ type: "Usd", nullable: true, resolve: ({ economics }) => decimalOf(economics.machineCost) }),
    cost: t.field({
      type: "Usd",
      nullable: true,
      description: "Machines for all of the time, whether their tokens were sold or not, and electricity of the calls.",
      resolve: ({ economics }) => decimalOf(economics.cost),
    }),
    profit: t.field({ type: "Usd", nullable: true, resolve: ({ economics }) => decimalOf(economics.profit) }),
    margin: t.field({
      type: "Decimal",
      nullable: true,
      description: "Profit over revenue: below 1.",
      resolve: ({ economics }) => decimalOf(economics.margin),
    }),
    markUp: t.field({
      type: "Decimal",
      nullable: true,
      description: "Profit over cost: without a limit.",
      resolve: ({ economics }) => decimalOf(economics.markUp),
    }),
    averagePrice: t.field({
      type: "Usd",
      nullable: true,
      description: "Revenue for each million tokens sold.",
      resolve: ({ economics }) => decimalOf(economics.averagePrice),
    }),
    costPerMillionProduced: t.field({
      type: "Usd",
      nullable: true,
      description: "For a million tokens produced, sold or not.",
      resolve: ({ economics }) => decimalOf(economics.costPerMillionProduced),
    }),
    marginPerMillion: t.field({
      type: "Usd",
      nullable: true,
      description: "Profit for each million tokens sold.",
      resolve: ({ economics }) => decimalOf(economics.marginPerMillion),
    }),
    breakEvenPrice: t.field({
      type: "Usd",
      nullable: true,
      description: "For a million tokens sold: at this average price they would have paid the cost.",
      resolve: ({ economics }) => decimalOf(economics.breakEvenPrice),
    }),
    utilisation: t.field({
      type: "Decimal",
      nullable: true,
      description: "Tokens sold over what the machines could have made.",
      resolve: ({ economics }) => decimalOf(economics.utilisation),
    }),
    breakEvenUtilisation: t.field({
      type: "Decimal",
      nullable: true,
      description: "At which the average price would have paid the cost; above 1, no load would have been enough.",
      resolve: ({ economics }) => decimalOf(economics.breakEvenUtilisation),
    }),
    joules: t.field({
      type: "Decimal",
      nullable: true,
      description: "At `energyBoundary`; null unless the energy of every call is known.",
      resolve: ({ millijoules }) => (millijoules === null ? null : decimal(millijoules, 3)),
    }),
    facilityJoules: t.field({
      type: "Decimal",
      nullable: true,
      description:
        "What the facility drew for `joules`, which `electricityCost` is of: IT energy x PUE, and GPU energy x server " +
        "overhead x PUE. null if one of them is unknown.",
      resolve: ({ facilityEnergy }) => decimalOf(facilityEnergy),
    }),
    knownJoules: t.field({
      type: "Decimal",
      description: "Of the calls whose energy is known; see `energyProvenance` for how many they are.",
      resolve: ({ sums }) => decimal(sums.energyMillijoules, 3),
    }),
    energyBoundary: t.field({
      type: EnergyBoundary,
      nullable: true,
      description: "Of `joules`, `knownJoules` and `tokensPerJoule`, those of calls too; null: nobody said.",
      resolve: ({ costs }) => costs.energyBoundary,
    }),
    energyProvenance: t.field({ type: EnergyProvenanceCounts, resolve: ({ sums }) => sums }),
    usageProvenance: t.field({ type: UsageProvenanceCounts, resolve: ({ sums }) => sums }),
    tokensPerJoule: t.field({
      type: "Decimal",
      nullable: true,
      description: "Output tokens produced for each joule, over the calls whose energy is known.",
      resolve: (figures) => decimalOf(figures.tokensPerJoule),
    }),
    tokenAmplification: t.field({
      type: TokenAmplification,
      nullable: true,
      description: "null where nothing was visible.",
      resolve: ({ amplification }) => amplification,
    }),
    operatingPoint: t.field({ type: FactoryOperatingPoint, resolve: (figures) => figures }),
    findings: t.field({
      type: [EconomicFinding],
      description: "Why figures are unknown, or are less than they look.",
      complexity: { field: 1, multiplier: 10 },
      resolve: ({ findings }) => [...findings],
    }),
  }),
});
