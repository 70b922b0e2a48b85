import type { Row } from "@joulemint/economics/catalogue/parseTable";
import { fitFading, largestFromSmallest } from "@joulemint/economics/production/fitFading";
import { fitStepTime, stepTimeAt } from "@joulemint/economics/production/fitStepTime";
import { fitServingCurve, type MeasuredPoint } from "@joulemint/economics/production/ServingCurve";
import { throughputAtBatch } from "@joulemint/economics/production/throughputAtBatch";
import { tokensPerSecond } from "@joulemint/economics/units";
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
  // Only a sweep with more points than an extrapolation starts from has one to be held against.
  const long = sweeps.filter((sweep) => largestFromSmallest(sweep) !== null);
  const beyond = "output tok/s at the largest batch from the three smallest, extrapolated";
  return [
    ...fitReport(
      dataset,
      "output tok/s at a batch between measured ones; leave one batch out; baseline: affine step time",
      sweeps.flatMap((sweep) => leaveOneOut(sweep, "interpolating")),
    ),
    ...fitReport(
      dataset,
      `${beyond}; baseline: affine step time`,
      sweeps.flatMap((sweep) => extrapolation(sweep)),
    ),
    ...fitReport(
      dataset,
      `${beyond}; leave one configuration out; baseline: affine step time`,
      long.length < 2
        ? []
        : long.flatMap((sweep) => extrapolation(sweep, fitFading(long.filter((other) => other !== sweep)))),
    ),
  ];
}

/** Predicts each setting of a sweep from all others; when interpolating, without the smallest and the largest. */
export function leaveOneOut(sweep: readonly SetPoint[], mode: "interpolating" | "all"): readonly Prediction[] {
  const settings = sweep.map(({ setting }) => setting);
  const [smallest, largest] = [Math.min(...settings), Math.max(...settings)];
  return sweep.flatMap((point) => {
    const others = sweep.filter(({ setting }) => setting !== point.setting);
    const outermost = point.setting === smallest || point.setting === largest;
    if ((mode === "interpolating" && outermost) || new Set(others.map(({ setting }) => setting)).size < 2) return [];
    const ours = throughputAtBatch(fitServingCurve(others), point.batch).value;
    return [{ measured: point.throughput, ours, baseline: affine(others, point.batch) }];
  });
}

function extrapolation(sweep: readonly SetPoint[], fadingRate?: number): readonly Prediction[] {
  const largest = largestFromSmallest(sweep, fadingRate);
  if (largest === null) return [];
  const { measured, known, predicted } = largest;
  const [low, high] = predicted.interval;
  return [
    {
      measured: measured.throughput,
      ours: predicted.value,
      baseline: affine(known, measured.batch),
      covered: measured.throughput >= low && measured.throughput <= high,
    },
  ];
}

/** The textbook law alone, without what the points say beyond it. */
export function affine(points: readonly MeasuredPoint[], batch: number): number {
  const fit = fitStepTime(points.map((point) => ({ batch: point.batch, step: point.batch / point.throughput })));
  return batch / stepTimeAt(fit, batch);
}
