import { type MeasuredSweep, measuredSweep } from "@joulemint/economics/production/measuredSweep";
import { type FrontierPoint, paretoFrontier } from "@joulemint/economics/production/paretoFrontier";
import { throughputAtInteractivity } from "@joulemint/economics/production/throughputAtInteractivity";
import type { Estimate } from "@joulemint/economics/quantities/Estimate";
import { type TokensPerSecond, tokensPerSecond } from "@joulemint/economics/units";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { builder } from "../builder.ts";
import { finiteDecimal } from "../decimal.ts";
import { valid } from "../valid.ts";
import { EconomicFinding } from "./EconomicFinding.ts";

const MOST_POINTS = 1000;

interface NamedPoint extends FrontierPoint {
  readonly name: string | null;
}

const OperatingPoint = builder.objectRef<NamedPoint>("OperatingPoint").implement({
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

interface FrontierShape {
  readonly points: readonly NamedPoint[];
  readonly beaten: readonly NamedPoint[];
  readonly measured: MeasuredSweep | null;
}

const Frontier = builder.objectRef<FrontierShape>("Frontier").implement({
  description: "Most tokens for each GPU, at each speed that a user may ask for.",
  fields: (t) => ({
    points: t.field({
      type: [OperatingPoint],
      description: "Those that no other beats, the slowest for a user first.",
      complexity: { field: 1, multiplier: 1 },
      resolve: ({ points }) => [...points],
    }),
    beaten: t.field({
      type: [OperatingPoint],
      description: "All others: for each there is a point as good in both and better in one, or one that equals it.",
      complexity: { field: 1, multiplier: 1 },
      resolve: ({ beaten }) => [...beaten],
    }),
    throughputAt: t.field({
      type: ThroughputEstimate,
      description: "On the frontier, where every user still gets this speed.",
      args: { tokensPerSecondPerUser: t.arg({ type: "Decimal", required: true }) },
      resolve: ({ points }, { tokensPerSecondPerUser }) =>
        valid("tokensPerSecondPerUser", () => throughputAtInteractivity(points, tokensPerSecondPerUser)),
    }),
    measured: t.field({
      type: MeasuredSweepType,
      nullable: true,
      description: "null for points of the caller's.",
      resolve: ({ measured }) => measured,
    }),
  }),
});

const OperatingPointInput = builder.inputType("OperatingPointInput", {
  fields: (t) => ({
    name: t.string(),
    tokensPerSecondPerUser: t.field({ type: "Decimal", required: true }),
    tokensPerSecondPerGpu: t.field({ type: "Decimal", required: true }),
  }),
});

const MeasuredPoints = builder.inputType("MeasuredPoints", {
  description: "Of GLM-5 on eight H200.",
  fields: (t) => ({
    inputTokens: t.int({ required: true, description: "Of each request: one of the lengths that were measured." }),
  }),
});

const FrontierSource = builder.inputType("FrontierSource", {
  isOneOf: true,
  fields: (t) => ({
    points: t.field({ type: [OperatingPointInput], description: `${MOST_POINTS} at most.` }),
    measured: t.field({ type: MeasuredPoints }),
  }),
});

type Asked = typeof FrontierSource.$inferInput;

function pointsOf({ points, measured }: Asked): readonly NamedPoint[] {
  if (measured != null) return measuredPoints(measured.inputTokens);
  const given = points ?? [];
  if (given.length > MOST_POINTS) {
    throw new JoulemintError("BAD_REQUEST", { field: "points", needed: given.length, available: MOST_POINTS });
  }
  return valid("points", () =>
    given.map(({ name, tokensPerSecondPerUser, tokensPerSecondPerGpu }) => ({
      name: name ?? null,
      interactivity: tokensPerSecond(tokensPerSecondPerUser),
      throughput: tokensPerSecond(tokensPerSecondPerGpu),
    })),
  );
}

function measuredPoints(inputTokens: number): readonly NamedPoint[] {
  const points = measuredSweep.points.filter((point) => point.inputTokens === inputTokens);
  if (points.length > 0) return points.map((point) => ({ ...point, name: `${point.concurrency}` }));
  const lengths = [...new Set(measuredSweep.points.map((point) => point.inputTokens))];
  throw new JoulemintError("BAD_REQUEST", { field: "inputTokens", expected: lengths.join(", "), actual: inputTokens });
}

function frontierOf(asked: Asked): FrontierShape {
  const all = pointsOf(asked);
  const points = paretoFrontier(all);
  const best = new Set(points);
  return {
    points,
    beaten: all.filter((point) => !best.has(point)),
    measured: asked.measured == null ? null : measuredSweep,
  };
}

builder.queryField("frontier", (t) =>
  t.field({
    type: Frontier,
    args: { of: t.arg({ type: FrontierSource, required: true }) },
    // Whatever is asked of a frontier, it goes through its points.
    complexity: ({ of }) => ({ field: 1, multiplier: Math.max(1, (of.points ?? measuredSweep.points).length) }),
    resolve: (_, { of }) => frontierOf(of),
  }),
);
