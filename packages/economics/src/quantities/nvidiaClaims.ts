import { gpuHour } from "../catalogue/gpuHours.ts";
import { HOURS_PER_YEAR } from "../cost/gpuHourCost.ts";
import { tokensPerSecondPerMegawatt, type Usd, usd, usdPerMillionTokens, years } from "../units.ts";
import { type Claim, claim } from "./Claim.ts";
import { cost, costClaim, perMegawatt, ratioClaim, sumClaim, tokenRevenue } from "./claimForms.ts";
import type { Sourced } from "./Sourced.ts";

const RETHINKING = 'NVIDIA blog 2026-04-15 "Rethinking AI TCO", DeepSeek-R1';
const INFERENCEMAX = "NVIDIA blog 2025-10-09";

const costFormula = costClaim({
  id: "NV-COST-FORMULA",
  source: RETHINKING,
  stated: 1,
  tolerance: 0,
  hour: 3.6,
  throughput: 1000,
});
const rethinking = { source: RETHINKING, tolerance: 0.05 };
export const hopperCost = costClaim({
  ...rethinking,
  id: "NV-H200-GB300/h200",
  stated: 4.2,
  hour: 1.41,
  throughput: 90,
});
export const blackwellCost = costClaim({
  ...rethinking,
  id: "NV-H200-GB300/gb300",
  stated: 0.12,
  hour: 2.65,
  throughput: 6000,
});

export const throughputRatio = ratioClaim({
  id: "NV-H200-GB300/throughput",
  source: RETHINKING,
  what: "the throughput of a GPU",
  stated: 65,
  of: 6000,
  over: 90,
});
export const costRatio = ratioClaim({
  id: "NV-H200-GB300/cost",
  source: RETHINKING,
  what: "lower cost for a million tokens",
  stated: 35,
  of: 4.2,
  over: 0.12,
});
export const powerRatio = claim({
  id: "NV-H200-GB300/per-mw",
  source: `${RETHINKING}; all-in power of InferenceX`,
  statement: "50 times the tokens of a megawatt.",
  stated: 50,
  unit: "times",
  tolerance: 0.1,
  inputs: {
    newer: 6000,
    newerWatts: gpuHour("gb300").allInPower.value,
    older: 90,
    olderWatts: gpuHour("h200").allInPower.value,
  },
  compute: (of) => perMegawatt(of.newer, of.newerWatts) / perMegawatt(of.older, of.olderWatts),
});

const models = ["DeepSeek-R1", "gpt-oss-120b"];

/** One figure by copies of one text, which name the model that it is of: not the same. */
export const fifteenfoldCopies: readonly Sourced<Usd>[] = models.map((model) => ({
  value: usd(75e6),
  unit: "USD",
  source: `a copy of ${INFERENCEMAX}`,
  asOf: "2025-10-09",
  confidence: "quoted",
  operatingPoint: { hardware: "GB200 NVL72", model },
}));

/** Four unknowns: every point of a surface makes the claim true. */
export const fifteenfold = claim({
  id: "NV-5M-75M",
  source: `${INFERENCEMAX}; copies disagree on the model (${models.join(", ")})`,
  statement: "$5M of GB200 NVL72 make $75M of token revenue.",
  stated: 75e6,
  unit: "USD",
  tolerance: 0.01,
  inputs: { gpus: 72, throughput: null, utilisation: null, years: null, price: null },
  inputUnits: { throughput: "tok/s", utilisation: "1", years: "years", price: "USD/M tokens" },
  compute: (of) => tokenRevenue(of),
});

/** What each GPU would have to earn in an hour for it, which needs only the years. */
export const fifteenfoldHour = claim({
  id: "NV-5M-75M/hour",
  source: INFERENCEMAX,
  statement: "$75M from 72 GPUs, in an unstated time.",
  stated: null,
  unit: "USD/GPU-h",
  tolerance: 0,
  inputs: { revenue: 75e6, gpus: 72, years: null },
  inputUnits: { years: "years" },
  compute: (of) => usd(of.revenue) / (of.gpus * years(of.years) * HOURS_PER_YEAR),
});

export const twoCents = claim({
  id: "NV-2CENTS-60K",
  source: `${INFERENCEMAX}, gpt-oss on B200; GPU-hour of InferenceX`,
  statement: "$0.02 for a million tokens, and 60,000 tok/s/GPU.",
  stated: 0.02,
  unit: "USD/M tokens",
  tolerance: 0.1,
  inputs: { hour: gpuHour("b200").hyperscaler.value, throughput: 60_000 },
  compute: ({ hour, throughput }) => cost(hour, throughput),
  cause: { code: "DIFFERENT_OPERATING_POINTS", message: "The price and the peak are of different operating points." },
});

const megawatt = sumClaim({
  id: "NV-1MW-HOPPER",
  source: 'blogs.nvidia.com "The more you buy", two published versions',
  statement: "A megawatt of Hopper makes at most 180,000 tok/s, says the later version.",
  stated: 180_000,
  unit: "tok/s/MW",
  tolerance: 0.1,
  inputs: { earlier: 2_500_000 },
  cause: {
    code: "VERSIONS_DISAGREE",
    message: "An earlier version of the same page says 2,500,000, at another speed.",
  },
});

const gptOss = (id: string, unit: string, among: number) =>
  claim({
    id: `NV-GPTOSS-RACK/${id}`,
    source: "NVIDIA developer blog 2025-08-05",
    statement: "A rack of 72 GPUs makes 1.5 M tok/s for 50,000 users.",
    stated: null,
    unit,
    tolerance: 0,
    inputs: { rack: 1.5e6, among },
    compute: ({ rack, among: parts }) => rack / parts,
    unstated: ["lengths of input and output", "precision"],
  });

const tierShares = sumClaim({
  id: "NV-TIERS-2026",
  source: "GTC 2026 keynote reports: free, $3, $6, $45 (and $150, unverified) for a million tokens",
  statement: "A quarter of the power for each of four tiers is all of it.",
  stated: 1,
  unit: "1",
  tolerance: 0,
  inputs: { free: 0.25, medium: 0.25, high: 0.25, premium: 0.25 },
});

const tierRevenue = claim({
  id: "NV-TIERS-2026/revenue",
  source: "GTC 2026 keynote reports",
  statement: "Blackwell earns 5 times the revenue of Hopper, and Rubin 5 times that of Blackwell.",
  stated: 5,
  unit: "times",
  tolerance: 0.1,
  inputs: { newerTokensPerMegawatt: null, olderTokensPerMegawatt: null, newerPrice: null, olderPrice: null },
  inputUnits: {
    newerTokensPerMegawatt: "tok/s/MW",
    olderTokensPerMegawatt: "tok/s/MW",
    newerPrice: "USD/M tokens",
    olderPrice: "USD/M tokens",
  },
  compute: (of) => {
    const newer = tokensPerSecondPerMegawatt(of.newerTokensPerMegawatt) * usdPerMillionTokens(of.newerPrice);
    return newer / (tokensPerSecondPerMegawatt(of.olderTokensPerMegawatt) * usdPerMillionTokens(of.olderPrice));
  },
});

export const nvidiaClaims: readonly Claim[] = [
  costFormula,
  hopperCost,
  blackwellCost,
  throughputRatio,
  powerRatio,
  costRatio,
  fifteenfold,
  fifteenfoldHour,
  twoCents,
  megawatt,
  gptOss("gpu", "tok/s/GPU", 72),
  gptOss("user", "tok/s/user", 50_000),
  tierShares,
  tierRevenue,
];
