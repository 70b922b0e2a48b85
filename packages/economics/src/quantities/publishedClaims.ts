import { gpuHour } from "../catalogue/gpuHours.ts";
import { costPerMillion } from "../cost/costPerMillion.ts";
import { energyPerToken } from "../cost/energyPerToken.ts";
import { gpuHourCost, HOURS_PER_YEAR } from "../cost/gpuHourCost.ts";
import { within } from "../internal/checked.ts";
import { tokensPerSecond, usd, usdPerHour, usdPerKilowattHour, watts } from "../units.ts";
import { type Claim, claim } from "./Claim.ts";

/**
 * Claims of vendors and analysts with enough arithmetic to check (`data/published_claims.json` has all that they
 * print).
 */
const RETHINKING = 'NVIDIA blog 2026-04-15 "Rethinking AI TCO", DeepSeek-R1';
const INFERENCEMAX = "NVIDIA blog 2025-10-09";
const GLM5 = "leoshan/inferencex-scraper docs/glm5_token_cost_analysis.md 2026-05-07";
const TOKENS_PER_MEGAWATT = "InferenceMAX article 2025-10-09, gpt-oss-120b 1k/8k at 90 tok/s/user";

const cost = (hour: number, throughput: number): number =>
  costPerMillion(usdPerHour(hour), tokensPerSecond(throughput)) ?? Number.POSITIVE_INFINITY;

const perMegawatt = (throughput: number, power: number): number =>
  energyPerToken(watts(power), tokensPerSecond(throughput), "all-in").tokensPerSecondPerMegawatt;

/** Revenue of GPUs that are used a share `utilisation` of the time at `price` for a million tokens. */
const tokenRevenue = (o: {
  gpus: number;
  throughput: number;
  utilisation: number;
  years: number;
  price: number;
}): number => (o.gpus * o.throughput * o.utilisation * o.years * HOURS_PER_YEAR * 3600 * o.price) / 1e6;

const costClaim = (
  id: string,
  source: string,
  row: { hour: number; throughput: number; stated: number; tolerance: number },
) =>
  claim({
    id,
    source,
    statement: `$${row.stated} for a million tokens at $${row.hour} a GPU-hour and ${row.throughput} tok/s/GPU.`,
    stated: row.stated,
    unit: "USD/M tokens",
    tolerance: row.tolerance,
    inputs: { hour: row.hour, throughput: row.throughput },
    compute: ({ hour, throughput }) => cost(hour, throughput),
  });

export const hopperCost = costClaim("NV-H200-GB300/h200", RETHINKING, {
  hour: 1.41,
  throughput: 90,
  stated: 4.2,
  tolerance: 0.05,
});
export const blackwellCost = costClaim("NV-H200-GB300/gb300", RETHINKING, {
  hour: 2.65,
  throughput: 6000,
  stated: 0.12,
  tolerance: 0.05,
});

const ratioClaim = (id: string, source: string, what: string, stated: number | null, of: number, over: number) =>
  claim({
    id,
    source,
    statement: stated === null ? `${what}: ${of} against ${over}.` : `${stated} times ${what}.`,
    stated,
    unit: "times",
    tolerance: 0.1,
    inputs: { of, over },
    compute: (ratio) => ratio.of / ratio.over,
  });

export const throughputRatio = ratioClaim(
  "NV-H200-GB300/throughput",
  RETHINKING,
  "the throughput of a GPU",
  65,
  6000,
  90,
);
export const costRatio = ratioClaim("NV-H200-GB300/cost", RETHINKING, "lower cost for a million tokens", 35, 4.2, 0.12);
export const powerRatio = claim({
  id: "NV-H200-GB300/per-mw",
  source: `${RETHINKING}; all-in power of InferenceX`,
  statement: "50 times the tokens of a megawatt.",
  stated: 50,
  unit: "times",
  tolerance: 0.1,
  inputs: {
    newer: 6000,
    newerWatts: gpuHour("gb300").allInPower.value as number,
    older: 90,
    olderWatts: gpuHour("h200").allInPower.value as number,
  },
  compute: (of) => perMegawatt(of.newer, of.newerWatts) / perMegawatt(of.older, of.olderWatts),
});

/** Four unknowns: every point of a surface makes the claim true. */
export const fifteenfold = claim({
  id: "NV-5M-75M",
  source: `${INFERENCEMAX}; copies disagree on the model (DeepSeek-R1, gpt-oss-120b)`,
  statement: "$5M of GB200 NVL72 make $75M of token revenue.",
  stated: 75e6,
  unit: "USD",
  tolerance: 0.01,
  inputs: { gpus: 72, throughput: null, utilisation: null, years: null, price: null },
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
  compute: ({ revenue, gpus, years }) => revenue / (gpus * years * HOURS_PER_YEAR),
});

export const rackHour = claim({
  id: "XCHECK-RACK-HOUR",
  source: "InferenceX-app@77ca49a: GB200, hyperscaler; a rack of $5M over 4 years",
  statement: "$2.21 for a GPU-hour of GB200.",
  stated: gpuHour("gb200").hyperscaler.value,
  unit: "USD/GPU-h",
  tolerance: 0.05,
  inputs: { rack: 5e6, gpus: 72, years: 4, kilowatts: 2.1, electricity: 0.066 },
  compute: ({ rack, gpus, years, kilowatts, electricity }) =>
    gpuHourCost({
      capex: usd(rack / gpus),
      residual: usd(0),
      lifeYears: years,
      wacc: 0,
      allInPower: watts(kilowatts * 1000),
      electricity: usdPerKilowattHour(electricity),
      opexPerYear: usd(0),
      availability: 1,
    }).total,
});

export const twoCents = claim({
  id: "NV-2CENTS-60K",
  source: `${INFERENCEMAX}, gpt-oss on B200; GPU-hour of InferenceX`,
  statement: "$0.02 for a million tokens, and 60,000 tok/s/GPU.",
  stated: 0.02,
  unit: "USD/M tokens",
  tolerance: 0.1,
  inputs: { hour: gpuHour("b200").hyperscaler.value as number, throughput: 60_000 },
  compute: ({ hour, throughput }) => cost(hour, throughput),
  cause: { code: "DIFFERENT_OPERATING_POINTS", message: "The price and the peak are of different operating points." },
});

const megawatt = claim({
  id: "NV-1MW-HOPPER",
  source: 'blogs.nvidia.com "The more you buy", two published versions',
  statement: "A megawatt of Hopper makes at most 180,000 tok/s, says the later version.",
  stated: 180_000,
  unit: "tok/s/MW",
  tolerance: 0.1,
  inputs: { earlier: 2_500_000 },
  compute: ({ earlier }) => earlier,
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

const tierShares = claim({
  id: "NV-TIERS-2026",
  source: "GTC 2026 keynote reports: free, $3, $6, $45 (and $150, unverified) for a million tokens",
  statement: "A quarter of the power for each of four tiers is all of it.",
  stated: 1,
  unit: "1",
  tolerance: 0,
  inputs: { free: 0.25, medium: 0.25, high: 0.25, premium: 0.25 },
  compute: (share) => share.free + share.medium + share.high + share.premium,
});

const tierRevenue = claim({
  id: "NV-TIERS-2026/revenue",
  source: "GTC 2026 keynote reports",
  statement: "Blackwell earns 5 times the revenue of Hopper, and Rubin 5 times that of Blackwell.",
  stated: 5,
  unit: "times",
  tolerance: 0.1,
  inputs: { newerTokensPerMegawatt: null, olderTokensPerMegawatt: null, newerPrice: null, olderPrice: null },
  compute: (of) => (of.newerTokensPerMegawatt * of.newerPrice) / (of.olderTokensPerMegawatt * of.olderPrice),
});

export const perMegawattClaims = (
  [
    ["h100", 900_000, 1557],
    ["b200", 2_800_000, 6076],
  ] as const
).map(([gpu, stated, throughput]) =>
  claim({
    id: `IX-TOKMW/${gpu}`,
    source: TOKENS_PER_MEGAWATT,
    statement: `${gpu} makes ${stated} tok/s/MW, that is ${throughput} tok/s/GPU.`,
    stated,
    unit: "tok/s/MW",
    tolerance: 1e-9,
    inputs: { throughput, watts: gpuHour(gpu).allInPower.value as number },
    compute: (of) => perMegawatt(of.throughput, of.watts),
  }),
);

const GLM5_ROWS = [
  { gpu: "b300", input: 8, output: 1, throughput: 4834, hour: 2.808, total: 0.161, in: 0.182, out: 1.452 },
  { gpu: "b200", input: 8, output: 1, throughput: 3399, hour: 2.34, total: 0.191, in: 0.215, out: 1.726 },
  { gpu: "b200-mtp", input: 1, output: 1, throughput: 2717, hour: 2.34, total: 0.239, in: 0.479, out: 0.478 },
  { gpu: "mi355x", input: 8, output: 1, throughput: 1979, hour: 1.9, total: 0.267, in: 0.3, out: 2.4 },
] as const;

export const totalCosts = GLM5_ROWS.map((row) =>
  costClaim(`IX-GLM5-ROWS/${row.gpu}`, GLM5, { ...row, stated: row.total, tolerance: 0.005 }),
);

/**
 * The whole machine on the output alone: an alternative to the total, as the one on the input is, and never to be
 * added.
 */
const wholeMachine = GLM5_ROWS.flatMap((row) =>
  (["in", "out"] as const).map((side) =>
    claim({
      id: `IX-GLM5-ROWS/${row.gpu}/${side}`,
      source: GLM5,
      statement: `$${row[side]} for a million tokens ${side}, each with the cost of the whole machine.`,
      stated: row[side],
      unit: "USD/M tokens",
      tolerance: 0.005,
      inputs: {
        hour: row.hour,
        throughput: row.throughput,
        part: side === "in" ? row.input : row.output,
        all: row.input + row.output,
      },
      compute: ({ hour, throughput, part, all }) => cost(hour, (throughput * part) / all),
    }),
  ),
);

const FAST = "InferenceX v2 article 2026-02, DeepSeek-R1 FP4 on B200: $0.56 at 50, $4 at 125 tok/s/user";
export const fastSpeed = ratioClaim("IX-FASTMODE/speed", FAST, "Speed of a user", null, 125, 50);
export const fastPrice = ratioClaim("IX-FASTMODE/price", FAST, "Price", null, 4, 0.56);

const decline = { throughput: 1.5e6, price: 0.4, factor: 0.3, years: 3 };
/** Whole years are summed one by one; a machine does not last as many. */
const MOST_YEARS = 100;
const decliningRevenue = ({
  throughput,
  price,
  factor,
  years,
}: Readonly<Record<keyof typeof decline, number>>): number =>
  Array.from({ length: within(years, 0, MOST_YEARS, "years") }, (_, year) =>
    tokenRevenue({ gpus: 1, throughput, utilisation: 1, years: 1, price: price * factor ** year }),
  ).reduce((sum, revenue) => sum + revenue, 0);

export const declineRevenue = claim({
  id: "X-RACK-DECLINE/revenue",
  source: "analyst post 2025-10",
  statement: "Almost $26M in three years, at a price that falls to 0.3 of itself each year.",
  stated: 26e6,
  unit: "USD",
  tolerance: 0.02,
  inputs: decline,
  compute: decliningRevenue,
});

export const declineNet = claim({
  id: "X-RACK-DECLINE/net",
  source: "analyst post 2025-10",
  statement: "$22M beyond the $4M of the rack.",
  stated: 22e6,
  unit: "USD",
  tolerance: 0.02,
  inputs: { ...decline, rack: 4e6 },
  compute: ({ rack, ...rest }) => decliningRevenue(rest) - rack,
});

const costFormula = claim({
  id: "NV-COST-FORMULA",
  source: RETHINKING,
  statement: "$3.6 an hour for 1000 tok/s are $1 for a million tokens.",
  stated: 1,
  unit: "USD/M tokens",
  tolerance: 0,
  inputs: { hour: 3.6, throughput: 1000 },
  compute: ({ hour, throughput }) => cost(hour, throughput),
});

export const publishedClaims: readonly Claim[] = [
  costFormula,
  hopperCost,
  blackwellCost,
  throughputRatio,
  powerRatio,
  costRatio,
  fifteenfold,
  fifteenfoldHour,
  rackHour,
  twoCents,
  megawatt,
  gptOss("gpu", "tok/s/GPU", 72),
  gptOss("user", "tok/s/user", 50_000),
  tierShares,
  tierRevenue,
  ...perMegawattClaims,
  ...totalCosts,
  ...wholeMachine,
  fastSpeed,
  fastPrice,
  declineRevenue,
  declineNet,
];
