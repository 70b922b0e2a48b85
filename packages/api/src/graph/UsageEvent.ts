import type { TokenUsage } from "@joulemint/economics/TokenUsage";
import { totalTokens } from "@joulemint/economics/TokenUsage";
import { tokensPerJoule } from "@joulemint/economics/tokensPerJoule";
import { llmTokens } from "@joulemint/economics/units";
import { receiptEnergy } from "@joulemint/protocol/receiptEnergy";
import { builder } from "../builder.ts";
import { decimal, decimalOf } from "../decimal.ts";
import { UsageEvent } from "../refs.ts";
import { Credits, credits } from "./Amount.ts";
import { EnergyProvenance, Tier, UsageProvenance } from "./enums.ts";

export const Tokens = builder.objectRef<TokenUsage>("Tokens").implement({
  description: "Language-model tokens in classes that never overlap.",
  fields: (t) => ({
    input: t.expose("input", { type: "BigInt", description: "Neither read from nor written to a cache." }),
    cachedInput: t.expose("cachedInput", { type: "BigInt" }),
    cacheWrite: t.expose("cacheWrite", { type: "BigInt" }),
    output: t.expose("output", { type: "BigInt", description: "Without reasoning." }),
    reasoning: t.expose("reasoning", { type: "BigInt" }),
    total: t.field({ type: "BigInt", resolve: (usage) => totalTokens(usage) }),
  }),
});

builder.objectType(UsageEvent, {
  description: "What one call used.",
  fields: (t) => ({
    tokens: t.field({ type: Tokens, resolve: (event) => event }),
    produced: t.expose("produced", {
      type: "BigInt",
      description: "Output tokens, reasoning included, that the inference server made until the end or the abort.",
    }),
    delivered: t.expose("delivered", { type: "BigInt", description: "How many of them reached the caller." }),
    usageProvenance: t.expose("usageProvenance", { type: UsageProvenance }),
    energyMillijoules: t.expose("energyMillijoules", {
      type: "BigInt",
      nullable: true,
      description: "As the receipt states it, which names no boundary: see `joules`; null: unknown.",
    }),
    joules: t.field({
      type: "Decimal",
      nullable: true,
      description: "At the boundary that `factory` names, inside the facility's; null: unknown.",
      resolve: ({ energyMillijoules }) => (energyMillijoules === null ? null : decimal(energyMillijoules, 3)),
    }),
    tokensPerJoule: t.field({
      type: "Decimal",
      nullable: true,
      description: "Output tokens produced for each joule, at the boundary that `factory` names; null: unknown.",
      resolve: ({ produced, energyMillijoules }) =>
        decimalOf(tokensPerJoule(llmTokens(produced), receiptEnergy(energyMillijoules))),
    }),
    energyProvenance: t.expose("energyProvenance", { type: EnergyProvenance }),
    tier: t.expose("tier", { type: Tier }),
    finishReason: t.exposeString("finishReason"),
    flags: t.exposeStringList("flags", { description: "Every anomaly of the call, by name." }),
    startedAt: t.expose("startedAt", { type: "DateTime" }),
    endedAt: t.expose("endedAt", { type: "DateTime" }),
    charge: t.field({ type: Credits, resolve: ({ charge }) => credits(charge) }),
  }),
});
