import { gpuHour } from "../catalogue/gpuHours.ts";
import { computeSystem } from "../catalogue/systems.ts";
import { gpuHourCost } from "../cost/gpuHourCost.ts";
import { fraction, usd, usdPerKilowattHour, usdPerYear, watts, years } from "../units.ts";
import { type Claim, claim } from "./Claim.ts";
import { cost, costClaim, perMegawatt, ratioClaim } from "./claimForms.ts";

const GLM5 = "leoshan/inferencex-scraper docs/glm5_token_cost_analysis.md 2026-05-07";
const TOKENS_PER_MEGAWATT = "InferenceMAX article 2025-10-09, gpt-oss-120b 1k/8k at 90 tok/s/user";

export const rackHour = claim({
  id: "XCHECK-RACK-HOUR",
  source: "InferenceX-app@77ca49a: GB200, hyperscaler; a rack of $5M over 4 years",
  statement: "$2.21 for a GPU-hour of GB200.",
  stated: gpuHour("gb200").hyperscaler.value,
  unit: "USD/GPU-h",
  tolerance: 0.05,
  inputs: {
    rack: 5e6,
    gpus: computeSystem("gb200-nvl72").accelerators?.value ?? null,
    years: 4,
    power: gpuHour("gb200").allInPower.value,
    electricity: 0.066,
  },
  compute: ({ rack, gpus, years: life, power, electricity }) =>
    gpuHourCost({
      capex: usd(rack / gpus),
      residual: usd(0),
      lifeYears: years(life),
      wacc: 0,
      allInPower: watts(power),
      electricity: usdPerKilowattHour(electricity),
      opexPerYear: usdPerYear(0),
      availability: fraction(1),
    }).total,
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
    inputs: { throughput, watts: gpuHour(gpu).allInPower.value },
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
  costClaim({
    id: `IX-GLM5-ROWS/${row.gpu}`,
    source: GLM5,
    stated: row.total,
    tolerance: 0.005,
    hour: row.hour,
    throughput: row.throughput,
  }),
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
const fast = { source: FAST, stated: null };
export const fastSpeed = ratioClaim({ ...fast, id: "IX-FASTMODE/speed", what: "Speed of a user", of: 125, over: 50 });
export const fastPrice = ratioClaim({ ...fast, id: "IX-FASTMODE/price", what: "Price", of: 4, over: 0.56 });

export const inferencexClaims: readonly Claim[] = [
  rackHour,
  ...perMegawattClaims,
  ...totalCosts,
  ...wholeMachine,
  fastSpeed,
  fastPrice,
];
