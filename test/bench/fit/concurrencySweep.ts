import type { Row } from "@joulemint/economics/catalogue/parseTable";
import { endToEndLatency } from "@joulemint/economics/production/endToEndLatency";
import { fitServingCurve } from "@joulemint/economics/production/ServingCurve";
import { throughputAtBatch } from "@joulemint/economics/production/throughputAtBatch";
import { type LengthCurve, throughputAtInputLength } from "@joulemint/economics/production/throughputAtInputLength";
import { seconds, tokensPerSecond } from "@joulemint/economics/units";
import { affineThroughput } from "./affineThroughput.ts";
import { leaveOneOut, type SetPoint } from "./batchSweep.ts";
import { type FitReport, fitReport, type Prediction } from "./FitReport.ts";
import { column, complete, configurations } from "./rows.ts";

/** InferenceX: requests per second at a concurrency that was left out, and end-to-end latency from its parts. */
export function concurrencySweepFit(rows: readonly Row[]): readonly FitReport[] {
  const dataset = "concurrency sweeps";
  // All requests of a sweep have the same length, so that requests per second are as tokens per second.
  const throughputs = complete(rows, ["concurrency", "requests_per_s", "isl", "osl"]);
  const sweeps = configurations(throughputs, ["model", "hardware", "isl", "osl"]).map((sweep) => sweep.map(setPoint));
  const families = configurations(throughputs, ["model", "hardware", "osl"]).map(
    (family): Family =>
      configurations(family, ["isl"]).map((sweep) => ({
        inputTokens: column(sweep[0] ?? {}, "isl"),
        points: sweep.map(setPoint),
      })),
  );
  const latencies = complete(rows, ["ttft_p50_s", "tpot_p50_s", "osl", "e2e_p50_s"]).map((row) => {
    const [ttft, tpot, osl] = [column(row, "ttft_p50_s"), column(row, "tpot_p50_s"), column(row, "osl")];
    return {
      measured: column(row, "e2e_p50_s"),
      ours: endToEndLatency(seconds(ttft), seconds(tpot), osl),
      baseline: osl * tpot,
    };
  });
  return [
    ...fitReport(
      dataset,
      "requests/s; leave one concurrency out; baseline: affine step time",
      sweeps.flatMap((sweep) => leaveOneOut(sweep, "all")),
    ),
    ...fitReport(
      dataset,
      "requests/s; leave one row out, other input lengths are known; baseline: affine step time of its own length",
      families.flatMap(leaveOneRowOut),
    ),
    ...fitReport(
      dataset,
      "requests/s; leave one input length out, from the two beside it; baseline: the shorter one's requests/s",
      families.flatMap(leaveOneLengthOut),
    ),
    ...fitReport(
      dataset,
      "median E2E = TTFT + (OSL - 1) x TPOT, an identity of means; baseline: OSL x TPOT",
      latencies,
    ),
  ];
}

/** One machine with prompts of several lengths. */
type Family = readonly { readonly inputTokens: number; readonly points: readonly SetPoint[] }[];

const setPoint = (row: Row): SetPoint => ({
  setting: column(row, "concurrency"),
  batch: column(row, "concurrency"),
  throughput: tokensPerSecond(column(row, "requests_per_s") * column(row, "osl")),
});

/** Curves of those lengths that have at least two settings. */
const curvesOf = (family: Family): readonly LengthCurve[] =>
  family.flatMap(({ inputTokens, points }) =>
    new Set(points.map(({ setting }) => setting)).size < 2 ? [] : [{ inputTokens, curve: fitServingCurve(points) }],
  );

function leaveOneRowOut(family: Family): readonly Prediction[] {
  return family.flatMap(({ inputTokens, points }) =>
    points.flatMap(({ setting, batch, throughput }) => {
      const others = points.filter((other) => other.setting !== setting);
      if (new Set(others.map((other) => other.setting)).size < 2) return [];
      const rest = family.map((sweep) => (sweep.points === points ? { inputTokens, points: others } : sweep));
      const found = throughputAtInputLength(curvesOf(rest), inputTokens, batch);
      return found === null
        ? []
        : [{ measured: throughput, ours: found.value, baseline: affineThroughput(others, batch) }];
    }),
  );
}

function leaveOneLengthOut(family: Family): readonly Prediction[] {
  return family.flatMap(({ inputTokens, points }) => {
    const others = curvesOf(family.filter((sweep) => sweep.inputTokens !== inputTokens));
    const shorter = others
      .filter((curve) => curve.inputTokens < inputTokens)
      .sort((a, b) => b.inputTokens - a.inputTokens)[0];
    return points.flatMap(({ batch, throughput }) => {
      const found = throughputAtInputLength(others, inputTokens, batch);
      if (found === null || shorter === undefined) return [];
      return [{ measured: throughput, ours: found.value, baseline: throughputAtBatch(shorter.curve, batch).value }];
    });
  });
}
