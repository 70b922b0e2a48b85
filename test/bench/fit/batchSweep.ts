import type { Row } from "@joulemint/economics/catalogue/parseTable";
import { type CurvePrior, MEASURED_CURVE_PRIOR } from "@joulemint/economics/production/CurvePrior";
import { distinctBatches, type MeasuredPoint } from "@joulemint/economics/production/distinctBatches";
import { curveEvidence, fitCurvePrior } from "@joulemint/economics/production/fitCurvePrior";
import { fitServingCurve } from "@joulemint/economics/production/ServingCurve";
import { throughputAtBatch } from "@joulemint/economics/production/throughputAtBatch";
import { tokensPerSecond } from "@joulemint/economics/units";
import { affineThroughput } from "./affineThroughput.ts";
import { type FitReport, fitReport, type Prediction } from "./FitReport.ts";
import { column, complete, configurations } from "./rows.ts";

/** A point, with the batch that was asked for: repeated runs of one setting are left out together. */
export interface SetPoint extends MeasuredPoint {
  readonly setting: number;
}

const CONFIGURATION = [
  "model",
  "task",
  "weight_precision",
  "gpu_model",
  "num_gpus",
  "tensor_parallel",
  "expert_parallel",
  "data_parallel",
];

/** Batches that an extrapolation starts from. */
const KNOWN = 3;

/** Output tokens per second of ML.ENERGY's batch sweeps: between measured batches, and far beyond them. */
export function batchSweepFit(rows: readonly Row[]): readonly FitReport[] {
  const dataset = "batch sweeps";
  const measured = complete(rows, ["max_num_seqs", "avg_batch_size", "output_tokens_per_s"]);
  const sweeps = configurations(measured, CONFIGURATION).map((sweep) =>
    sweep.map((row) => ({
      setting: column(row, "max_num_seqs"),
      batch: column(row, "avg_batch_size"),
      throughput: tokensPerSecond(column(row, "output_tokens_per_s")),
    })),
  );
  const between = "output tok/s at a batch between measured ones; leave one batch out";
  const beyond = "output tok/s at the largest batch from the three smallest, extrapolated";
  const interpolate = (sweep: readonly SetPoint[], prior?: CurvePrior) => leaveOneOut(sweep, "interpolating", prior);
  const all = (predict: (sweep: readonly SetPoint[]) => readonly Prediction[]) => sweeps.flatMap((one) => predict(one));
  const apart = (predict: (sweep: readonly SetPoint[], prior: CurvePrior) => readonly Prediction[]) =>
    withoutItself(sweeps).flatMap(([sweep, prior]) => predict(sweep, prior));
  const baseline = "baseline: affine step time";
  return [
    ...fitReport(dataset, `${between}; ${baseline}`, all(interpolate)),
    ...fitReport(
      dataset,
      `${between} of a configuration that the prior was not fitted to; ${baseline}`,
      apart(interpolate),
    ),
    ...fitReport(dataset, `${beyond}; ${baseline}`, all(extrapolate)),
    ...fitReport(dataset, `${beyond}; leave one configuration out; ${baseline}`, apart(extrapolate)),
  ];
}

/** Each sweep with the prior of all others; without those that the others say nothing for. */
function withoutItself(
  sweeps: readonly (readonly SetPoint[])[],
): readonly (readonly [readonly SetPoint[], CurvePrior])[] {
  const evidence = sweeps.map(curveEvidence);
  return sweeps.flatMap((sweep, own) => {
    const others = evidence.filter((each, index) => each !== null && index !== own);
    return others.length === 0 ? [] : [[sweep, fitCurvePrior(others)] as const];
  });
}

/** Predicts each setting of a sweep from all others; when interpolating, without the smallest and the largest. */
export function leaveOneOut(
  sweep: readonly SetPoint[],
  mode: "interpolating" | "all",
  prior = MEASURED_CURVE_PRIOR,
): readonly Prediction[] {
  const settings = sweep.map(({ setting }) => setting);
  const [smallest, largest] = [Math.min(...settings), Math.max(...settings)];
  return sweep.flatMap((point) => {
    const others = sweep.filter(({ setting }) => setting !== point.setting);
    const outermost = point.setting === smallest || point.setting === largest;
    if ((mode === "interpolating" && outermost) || new Set(others.map(({ setting }) => setting)).size < 2) return [];
    return [prediction(others, point, prior)];
  });
}

/** Predicts the largest batch of a sweep from the smallest ones. */
function extrapolate(sweep: readonly SetPoint[], prior = MEASURED_CURVE_PRIOR): readonly Prediction[] {
  const ascending = distinctBatches(sweep);
  const largest = ascending.at(-1);
  if (largest === undefined || ascending.length <= KNOWN) return [];
  return [prediction(ascending.slice(0, KNOWN), largest, prior)];
}

function prediction(
  known: readonly MeasuredPoint[],
  { batch, throughput }: MeasuredPoint,
  prior: CurvePrior,
): Prediction {
  const { value, interval } = throughputAtBatch(fitServingCurve(known, prior), batch);
  const [low, high] = interval;
  return {
    measured: throughput,
    ours: value,
    baseline: affineThroughput(known, batch),
    covered: throughput >= low && throughput <= high,
  };
}
