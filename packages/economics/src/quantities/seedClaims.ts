import { modelShape } from "../catalogue/modelShapes.ts";
import { type CostStack, computeShare } from "../cost/CostStack.ts";
import { contextMemory } from "../demand/contextMemory.ts";
import { production } from "../production.ts";
import { PRICING_FAMILIES } from "../revenue/PricingForm.ts";
import { salesRevenue } from "../salesRevenue.ts";
import { tokenAmplification } from "../tokenAmplification.ts";
import {
  bytesPerToken,
  joules,
  type LlmTokens,
  llmTokens,
  seconds,
  usd,
  usdPerHour,
  usdPerKilowattHour,
  usdPerMillionTokens,
} from "../units.ts";
import { type Claim, claim } from "./Claim.ts";
import { ratioClaim, sumClaim } from "./claimForms.ts";
import { systemClaims } from "./systemClaims.ts";

/**
 * The worked examples and figures of the five articles that the project began with (`data/seed_examples.json`). Their
 * statements are inputs here; what is computed comes from the package's own functions and catalogue.
 */
const RESEARCH = "S1: token economics, the research task";
const CODING = "S1: token economics, the coding task";

/** Half a unit in the last digit of a figure printed as a whole number. */
const toWhole = (stated: number): number => 0.5 / stated;

const tokens = (count: number): LlmTokens => llmTokens(BigInt(Math.round(count)));

const amplification = (of: { readonly total: number; readonly visible: number }) =>
  tokenAmplification({ total: tokens(of.total), visible: tokens(of.visible) }) ?? {
    total: Number.NaN,
    internal: Number.NaN,
  };
const researched = { total: 331_500, visible: 10_000 };
const coded = { total: 262_000, visible: 8000 };

const INTERNAL = {
  code: "DEFINITION_DIFFERS",
  message: "The figure is total over visible tokens, the text defines internal over visible.",
};

export const researchAmplification = claim({
  id: "S1-TAF-RESEARCH",
  source: RESEARCH,
  statement: "331,500 tokens for 10,000 visible ones amplify by about 33.",
  stated: 33,
  unit: "times",
  tolerance: toWhole(33),
  inputs: researched,
  compute: (of) => amplification(of).total,
});

export const researchInternal = claim({
  ...researchAmplification,
  id: "S1-TAF-RESEARCH/internal",
  statement: "By the text's definition, internal tokens for each visible one, that is about 33.",
  compute: (of) => amplification(of).internal,
  cause: INTERNAL,
});

export const codingAmplification = claim({
  ...researchAmplification,
  id: "S1-TAF-CODING",
  source: CODING,
  statement: "262,000 tokens for 8,000 visible ones amplify by about 26.",
  stated: 26,
  tolerance: toWhole(26),
  inputs: coded,
});

export const amplificationRange = claim({
  id: "S1-TAF-RANGE",
  source: "S1: token economics",
  statement: "Amplification is 10 to 30.",
  stated: 30,
  unit: "times, at most",
  tolerance: toWhole(30),
  inputs: { research: amplification(researched).total, coding: amplification(coded).total },
  compute: ({ research, coding }) => Math.max(research, coding),
  cause: { code: "OUTSIDE_OF_STATED_RANGE", message: "The text's own examples exceed its range." },
});

/** Of each line of cost the same. */
const lines = <Value>(value: Value): Readonly<Record<keyof CostStack, Value>> => ({
  depreciation: value,
  capital: value,
  energy: value,
  space: value,
  network: value,
  staff: value,
  software: value,
  research: value,
});
const stackOf = (cost: Readonly<Record<keyof CostStack, number>>) =>
  Object.fromEntries(Object.entries(cost).map(([line, dollars]) => [line, usd(dollars)])) as unknown as CostStack;

export const inferenceDominates = claim({
  id: "S1-INFERENCE-DOMINATES",
  source: "S1: inference dominates cost; S3, S4: cost = compute cost",
  statement: "What a factory costs is compute for inference, all or most of it.",
  stated: 1,
  unit: "share of cost",
  // Down to a half.
  tolerance: 0.5,
  inputs: lines<number | null>(null),
  inputUnits: lines("USD"),
  compute: (cost) => computeShare(stackOf(cost)) ?? Number.NaN,
  cause: { code: "COMPUTE_IS_A_PART", message: "What is no compute costs more than it does." },
});

/** 10^12 tokens at $2 a million and a cost of $0.8M, of which a part is sold. */
const PRICE = 2;
const window = (produced: number, sold: number, totalCost: number) =>
  production({
    produced: tokens(produced),
    served: tokens(produced),
    ...salesRevenue([{ tokens: tokens(sold), price: usdPerMillionTokens(PRICE) }]),
    electricity: { energy: joules(0), price: usdPerKilowattHour(0) },
    machines: { time: seconds(3600), price: usdPerHour(totalCost) },
    capacity: null,
  }).profit ?? Number.NaN;

export const identity = claim({
  id: "S3-IDENTITY",
  source: "S3: profit = tokens x (price - cost per token)",
  statement: "10^12 tokens at $2 a million, with a cost of $0.8, earn $1.2M if all are sold.",
  stated: (1e12 * (PRICE - 0.8)) / 1e6,
  unit: "USD",
  tolerance: 0,
  inputs: { produced: 1e12, sold: 1e12, cost: 0.8e6 },
  compute: ({ produced, sold, cost }) => window(produced, sold, cost),
});

export const identityUnsold = claim({
  ...identity,
  id: "S3-IDENTITY-UNSOLD",
  statement: "With 60 % sold, the same formula gives $0.72M.",
  stated: (0.6e12 * (PRICE - 0.8)) / 1e6,
  inputs: { produced: 1e12, sold: 0.6e12, cost: 0.8e6 },
  cause: { code: "UNSOLD_TOKENS_COST", message: "Cost per produced token leaves out what the unsold ones cost." },
});

const contexts = [100_000, 1_000_000].map((context) =>
  claim({
    id: `S3-CONTEXT/${context}`,
    source: "S3: context grows to 100k-1M tokens; llama-3.1-70b at bf16",
    statement: `A context of ${context} tokens has to be held.`,
    stated: null,
    unit: "GB",
    tolerance: 0,
    inputs: { context, bytes: modelShape("llama-3.1-70b").kvBytesPerToken },
    compute: (of) => contextMemory(tokens(of.context), bytesPerToken(of.bytes)) / 1e9,
  }),
);

export const speedup: Claim = {
  ...ratioClaim({
    id: "S2-SPEEDUP",
    source: "S2: news digest of GTC 2026",
    what: "Speed in tok/s",
    stated: null,
    of: 5000,
    over: 700,
  }),
  unstated: [
    "whether of a user, a GPU or a provider",
    "that the keynote reports name a software update on the same hardware",
  ],
};

export const trillion = sumClaim({
  id: "S3-TRILLION",
  source:
    "S3, S4; the keynote: at least $1T of demand for NVIDIA's Blackwell and Rubin, cumulative, through 2027 (it was $500B through 2026)",
  statement: "$1 trillion by 2027, as a market of chips and infrastructure.",
  stated: 1e12,
  unit: "USD",
  tolerance: 0,
  // The two figures are a year apart: what the second adds is 2027, and what was raised of the years before.
  inputs: { through2026: 0.5e12, raisedSince: null, in2027: null },
  inputUnits: { raisedSince: "USD", in2027: "USD" },
  unstated: ["that it is cumulative", "that it is demand for one vendor, and not a market"],
});

const forms = Object.values(PRICING_FAMILIES);
const families = [...new Set(forms)];

const pricingForms = sumClaim({
  id: "S1-PRICING-COUNT",
  source: "S1: 5 forms by usage, 2 by value, 2 by subscription, 1 hybrid",
  statement: "There are 9 pricing models.",
  stated: 9,
  unit: "forms",
  tolerance: 0,
  inputs: Object.fromEntries(families.map((family) => [family, forms.filter((one) => one === family).length])),
  cause: { code: "MISCOUNTED", message: "Ten are named, in four families." },
});

const homonym = claim({
  id: "S0-HOMONYM",
  source: "S0: AGIX, OCEAN, VVV and a token of DeepSeek",
  statement: "AI tokens have a price.",
  stated: null,
  unit: "unknown",
  tolerance: 0,
  inputs: { amount: null },
  compute: ({ amount }) => amount,
  unstated: ["whether a token is a crypto asset or a language model's"],
});

export const seedClaims: readonly Claim[] = [
  researchAmplification,
  researchInternal,
  codingAmplification,
  amplificationRange,
  ...systemClaims,
  inferenceDominates,
  identity,
  identityUnsold,
  ...contexts,
  speedup,
  trillion,
  pricingForms,
  homonym,
];
