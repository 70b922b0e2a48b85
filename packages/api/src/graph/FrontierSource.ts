import { measuredSweep } from "@joulemint/economics/production/measuredSweep";
import type { FrontierPoint } from "@joulemint/economics/production/paretoFrontier";
import type { OperatingPoint } from "@joulemint/economics/quantities/OperatingPoint";
import { tokensPerSecond, tokensPerSecondPerUser } from "@joulemint/economics/units";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { builder } from "../builder.ts";
import { valid } from "../valid.ts";

const MOST_POINTS = 1000;

export interface NamedPoint extends FrontierPoint {
  readonly name: string | null;
}

const FrontierPointInput = builder.inputType("FrontierPointInput", {
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

export const FrontierSource = builder.inputType("FrontierSource", {
  isOneOf: true,
  fields: (t) => ({
    points: t.field({ type: [FrontierPointInput], description: `${MOST_POINTS} at most.` }),
    measured: t.field({ type: MeasuredPoints }),
  }),
});

type Asked = typeof FrontierSource.$inferInput;

export function pointsOf({ points, measured }: Asked): readonly NamedPoint[] {
  if (measured != null) return measuredPoints(measured.inputTokens);
  const given = points ?? [];
  if (given.length > MOST_POINTS) {
    throw new JoulemintError("BAD_REQUEST", { field: "points", needed: given.length, available: MOST_POINTS });
  }
  return valid("points", () =>
    given.map((point) => ({
      name: point.name ?? null,
      interactivity: tokensPerSecondPerUser(point.tokensPerSecondPerUser),
      throughput: tokensPerSecond(point.tokensPerSecondPerGpu),
    })),
  );
}

function measuredPoints(inputTokens: number): readonly NamedPoint[] {
  const points = measuredSweep.points.filter((point) => point.inputTokens === inputTokens);
  if (points.length > 0) return points.map((point) => ({ ...point, name: `${point.concurrency}` }));
  const lengths = [...new Set(measuredSweep.points.map((point) => point.inputTokens))];
  throw new JoulemintError("BAD_REQUEST", { field: "inputTokens", expected: lengths.join(", "), actual: inputTokens });
}

/** Where measured points come from and what they hold for; BAD_REQUEST for an operating point of the caller's beside it. */
export function sourceOf({ measured }: Asked, said: OperatingPoint | null) {
  if (measured == null) return { operatingPoint: said };
  if (said !== null) {
    throw new JoulemintError("BAD_REQUEST", { field: "operatingPoint", expected: "none with measured points" });
  }
  const { model, machine, outputTokens, source, asOf } = measuredSweep;
  const operatingPoint = { model, hardware: machine, inputTokens: measured.inputTokens, outputTokens };
  return { source, asOf, confidence: "measured", operatingPoint } as const;
}
