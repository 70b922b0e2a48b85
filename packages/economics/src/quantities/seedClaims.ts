import type { Accelerator } from "../catalogue/Accelerator.ts";
import { accelerator } from "../catalogue/accelerators.ts";
import { modelShape } from "../catalogue/modelShapes.ts";
import { computeSystem } from "../catalogue/systems.ts";
import { production } from "../production.ts";
import { salesRevenue } from "../salesRevenue.ts";
import { tokenAmplification } from "../tokenAmplification.ts";
import { joules, llmTokens, seconds, usdPerHour, usdPerKilowattHour, usdPerMillionTokens } from "../units.ts";
import { type Claim, claim } from "./Claim.ts";
import type { Sourced } from "./Sourced.ts";

/**
 * The worked examples and figures of the five articles that the project began with (`data/seed_examples.json`). Their
 * statements are inputs here; what is computed comes from the package's own functions and catalogue.
 */
const RESEARCH = "S1: token economics, the research task";
const CODING = "S1: token economics, the coding task";

/** Half a unit in the last digit of a figure printed as a whole number. */
const toWhole = (stated: number): number => 0.5 / stated;

const amplification = (total: number, visible: number) => {
  const factor = tokenAmplification({
    total: llmTokens(BigInt(Math.round(total))),
    visible: llmTokens(BigInt(Math.round(visible))),
  });
  return factor ?? { total: Number.NaN, internal: Number.NaN };
};

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
  inputs: { total: 331_500, visible: 10_000 },
  compute: ({ total, visible }) => amplification(total, visible).total,
});

export const researchInternal = claim({
  ...researchAmplification,
  id: "S1-TAF-RESEARCH/internal",
  statement: "By the text's definition, internal tokens for each visible one, that is about 33.",
  compute: ({ total, visible }) => amplification(total, visible).internal,
  cause: INTERNAL,
});

export const codingAmplification = claim({
  ...researchAmplification,
  id: "S1-TAF-CODING",
  source: CODING,
  statement: "262,000 tokens for 8,000 visible ones amplify by about 26.",
  stated: 26,
  tolerance: toWhole(26),
  inputs: { total: 262_000, visible: 8000 },
});

export const amplificationRange = claim({
  id: "S1-TAF-RANGE",
  source: "S1: token economics",
  statement: "Amplification is 10 to 30.",
  stated: 30,
  unit: "times, at most",
  tolerance: toWhole(30),
  inputs: { research: 331_500 / 10_000, coding: 262_000 / 8000 },
  compute: ({ research, coding }) => Math.max(research, coding),
  cause: { code: "OUTSIDE_OF_STATED_RANGE", message: "The text's own examples exceed its range." },
});

/** A figure of a text against the catalogue's. */
function figure(
  id: string,
  statement: string,
  stated: number,
  known: { readonly value: number; readonly unit: string } | null,
  more: { readonly tolerance?: number; readonly cause?: Claim["cause"] } = {},
): Claim {
  const { tolerance = 0, cause } = more;
  return claim({
    id,
    source: "S1: token economics; the package's catalogue",
    statement,
    stated,
    unit: known?.unit ?? "unknown",
    tolerance,
    inputs: { known: known?.value ?? null },
    compute: (of) => of.known,
    ...(cause === undefined ? {} : { cause }),
  });
}

const h100 = accelerator("h100-sxm");
const h200 = accelerator("h200-sxm");
const nvl72 = computeSystem("gb200-nvl72");
const year = ({ year: value }: Accelerator) => ({ value, unit: "year" });
const both = (oneWay: Sourced<number> | null) =>
  oneWay === null ? null : { value: oneWay.value, unit: "B/s, one way" };

const hardware: readonly Claim[] = [
  figure("S1-TRANSISTORS", "Hopper has 800 billion transistors.", 800e9, h100.transistors, {
    cause: { code: "MISTRANSLATED", message: "The same page prints 800亿, which is 80 billion." },
  }),
  figure("S1-FEYNMAN/rubin", "Rubin comes in 2026.", 2026, year(accelerator("rubin-gpu"))),
  figure("S1-FEYNMAN", "Feynman comes in 2027.", 2027, year(accelerator("feynman")), {
    cause: { code: "WRONG_YEAR", message: "The roadmaps of GTC 2025 and 2026 say 2028; 2027 is Rubin Ultra." },
  }),
  figure("S1-NVL72/gpus", "NVL72 has 72 GPUs.", 72, nvl72.accelerators),
  figure("S1-NVL72/cpus", "NVL72 has 36 CPUs.", 36, nvl72.processors),
  figure("S1-NVL72/sparse", "NVL72 makes 1.4 exaflops at FP4, with structured sparsity.", 1.4e18, nvl72.fp4Sparse, {
    tolerance: 0.05 / 1.4,
  }),
  figure("S1-NVL72/dense", "NVL72 makes 1.4 exaflops.", 1.4e18, nvl72.fp4Dense, {
    cause: { code: "SPARSE_IS_NOT_DENSE", message: "1.4 exaflops are FP4 with sparsity; dense is half of that." },
  }),
  figure("S1-NVL72/memory", "NVL72 has 30 TB of unified memory.", 30e12, nvl72.hbm, {
    cause: {
      code: "MEMORY_KINDS_ADDED",
      message: "That is HBM and the CPUs' LPDDR together; models are read from HBM.",
    },
  }),
  figure("S1-H200/memory", "H200 has 141 GB.", 141e9, h200.memory),
  figure("S1-H200/bandwidth", "H200 reads 4.8 TB/s.", 4.8e12, h200.bandwidth),
  figure("S1-NVLINK5/bandwidth", "NVLink 5 carries 1.8 TB/s.", 1.8e12, both(accelerator("gb200-gpu").linkOneWay), {
    cause: { code: "BOTH_DIRECTIONS_ADDED", message: "1.8 TB/s is the sum of both directions." },
  }),
  figure("S1-NVLINK5/domain", "An NVLink domain has up to 576 GPUs.", 576, nvl72.accelerators, {
    cause: { code: "LIMIT_IS_NOT_PRODUCT", message: "576 is what the architecture allows, 72 is what ships." },
  }),
];

/** 10^12 tokens at $2 a million and a cost of $0.8M, of which a part is sold. */
const PRICE = 2;
const window = (produced: number, sold: number, totalCost: number) =>
  production({
    produced: llmTokens(BigInt(produced)),
    served: llmTokens(BigInt(produced)),
    ...salesRevenue([{ tokens: llmTokens(BigInt(sold)), price: usdPerMillionTokens(PRICE) }]),
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

const contextMemory = [100_000, 1_000_000].map((context) =>
  claim({
    id: `S3-CONTEXT/${context}`,
    source: "S3: context grows to 100k-1M tokens; llama-3.1-70b at bf16",
    statement: `A context of ${context} tokens has to be held.`,
    stated: null,
    unit: "GB",
    tolerance: 0,
    inputs: { context, bytes: modelShape("llama-3.1-70b").kvBytesPerToken },
    compute: ({ context: tokens, bytes }) => (tokens * bytes) / 1e9,
  }),
);

export const speedup = claim({
  id: "S2-SPEEDUP",
  source: "S2: news digest of GTC 2026",
  statement: "From 700 to 5,000 tok/s.",
  stated: null,
  unit: "times",
  tolerance: 0,
  inputs: { before: 700, after: 5000 },
  compute: ({ before, after }) => after / before,
  unstated: [
    "whether of a user, a GPU or a provider",
    "that the keynote reports name a software update on the same hardware",
  ],
});

export const trillion = claim({
  id: "S3-TRILLION",
  source:
    "S3, S4; the keynote: at least $1T of demand for NVIDIA's Blackwell and Rubin, cumulative, through 2027 (it was $500B through 2026)",
  statement: "$1 trillion by 2027, as a market of chips and infrastructure.",
  stated: 1e12,
  unit: "USD",
  tolerance: 0,
  inputs: { keynote: 1e12 },
  compute: ({ keynote }) => keynote,
  unstated: ["that it is cumulative", "that it is demand for one vendor, and not a market"],
});

const pricingForms = claim({
  id: "S1-PRICING-COUNT",
  source: "S1: 5 forms by usage, 2 by value, 2 by subscription, 1 hybrid",
  statement: "There are 9 pricing models.",
  stated: 9,
  unit: "forms",
  tolerance: 0,
  inputs: { usage: 5, value: 2, subscription: 2, hybrid: 1 },
  compute: (forms) => forms.usage + forms.value + forms.subscription + forms.hybrid,
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
  ...hardware,
  identity,
  identityUnsold,
  ...contextMemory,
  speedup,
  trillion,
  pricingForms,
  homonym,
];
