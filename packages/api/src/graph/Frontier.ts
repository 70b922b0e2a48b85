import { type MeasuredSweep, measuredSweep } from "@joulemint/economics/production/measuredSweep";
import { throughputAtInteractivity } from "@joulemint/economics/production/throughputAtInteractivity";
import type { Estimate } from "@joulemint/economics/quantities/Estimate";
import type { OperatingPoint as Point } from "@joulemint/economics/quantities/OperatingPoint";
import { results } from "@joulemint/economics/quantities/results";
import { type TokensPerSecond, tokensPerSecondPerUser } from "@joulemint/economics/units";
import { builder } from "../builder.ts";
import { finiteDecimal } from "../decimal.ts";
import { given } from "../given.ts";
import { valid } from "../valid.ts";
import { EconomicFinding } from "./EconomicFinding.ts";
import { answerOf, type EconomicAnswer, EconomicResult } from "./EconomicResult.ts";
import { FrontierSource, type NamedPoint, pointsOf, sourceOf } from "./FrontierSource.ts";
import { OperatingPointInput, operatingPointOf } from "./OperatingPoint.ts";

const FrontierPointType = builder.objectRef<NamedPoint>("FrontierPoint").implement({
  fields: (t) => ({
    name: t.exposeString("name", {
      nullable: true,
      description: "As the caller named it; of a measured one, its requests in flight.",
    }),
    tokensPerSecondPerUser: t.field({
      type: "Decimal",
      resolve: ({ interactivity }) => finiteDecimal(interactivity),
    }),
    tokensPerSecondPerGpu: t.field({ type: "Decimal", resolve: ({ throughput }) => finiteDecimal(throughput) }),
  }),
});

const ThroughputEstimate = builder.objectRef<Estimate<TokensPerSecond>>("ThroughputEstimate").implement({
  description: "Tokens per second that one GPU makes.",
  fields: (t) => ({
    tokensPerSecondPerGpu: t.field({ type: "Decimal", resolve: ({ value }) => finiteDecimal(value) }),
    low: t.field({
      type: "Decimal",
      description: "The truth is expected between `low` and `high`.",
      resolve: ({ interval }) => finiteDecimal(interval[0]),
    }),
    high: t.field({ type: "Decimal", resolve: ({ interval }) => finiteDecimal(interval[1]) }),
    extrapolated: t.exposeBoolean("extrapolated", { description: "Outside of the points; `findings` says so, too." }),
    findings: t.field({ type: [EconomicFinding], resolve: ({ findings }) => [...findings] }),
  }),
});

const MeasuredSweepType = builder.objectRef<MeasuredSweep>("MeasuredSweep").implement({
  description: "Where measured points come from.",
  fields: (t) => ({
    model: t.exposeString("model"),
    machine: t.exposeString("machine"),
    gpus: t.exposeInt("gpus"),
    outputTokens: t.exposeInt("outputTokens", { description: "Of each request." }),
    source: t.exposeString("source"),
    licence: t.exposeString("licence"),
    asOf: t.exposeString("asOf", { description: "The day of the runs." }),
  }),
});

interface FrontierShape extends EconomicAnswer {
  readonly points: readonly NamedPoint[];
  readonly beaten: readonly NamedPoint[];
  readonly measured: MeasuredSweep | null;
}

const Frontier = builder.objectRef<FrontierShape>("Frontier").implement({
  description: "Most tokens for each GPU, at each speed that a user may ask for.",
  interfaces: [EconomicResult],
  fields: (t) => ({
    points: t.field({
      type: [FrontierPointType],
      description: "Those that no other beats, the slowest for a user first.",
      complexity: { field: 1, multiplier: 1 },
      resolve: ({ points }) => [...points],
    }),
    beaten: t.field({
      type: [FrontierPointType],
      description: "All others: for each there is a point as good in both and better in one, or one that equals it.",
      complexity: { field: 1, multiplier: 1 },
      resolve: ({ beaten }) => [...beaten],
    }),
    throughputAt: t.field({
      type: ThroughputEstimate,
      description: "On the frontier, where every user still gets this speed.",
      args: { tokensPerSecondPerUser: t.arg({ type: "Decimal", required: true }) },
      resolve: ({ points }, at) =>
        valid("tokensPerSecondPerUser", () =>
          throughputAtInteractivity(points, tokensPerSecondPerUser(at.tokensPerSecondPerUser)),
        ),
    }),
    measured: t.field({
      type: MeasuredSweepType,
      nullable: true,
      description: "null for points of the caller's.",
      resolve: ({ measured }) => measured,
    }),
  }),
});

function frontierOf(asked: typeof FrontierSource.$inferInput, said: Point | null): FrontierShape {
  const all = pointsOf(asked);
  const frontier = results.paretoFrontier({ points: given(all, "tok/s/GPU by tok/s/user", sourceOf(asked, said)) });
  // They are some of the points themselves, names and all.
  const points = frontier.value as readonly NamedPoint[];
  const best = new Set(points);
  return {
    points,
    beaten: all.filter((point) => !best.has(point)),
    measured: asked.measured == null ? null : measuredSweep,
    ...answerOf(frontier),
  };
}

builder.queryField("frontier", (t) =>
  t.field({
    type: Frontier,
    args: {
      of: t.arg({ type: FrontierSource, required: true }),
      operatingPoint: t.arg({ type: OperatingPointInput, description: "What the caller's points hold for." }),
    },
    // Whatever is asked of a frontier, it goes through its points.
    complexity: ({ of }) => ({ field: 1, multiplier: Math.max(1, (of.points ?? measuredSweep.points).length) }),
    resolve: (_, { of, operatingPoint }) =>
      frontierOf(
        of,
        valid("operatingPoint", () => operatingPointOf(operatingPoint)),
      ),
  }),
);
