import { quantile } from "@joulemint/economics/quantities/quantile";

/** Absolute relative errors, as fractions. */
interface Errors {
  readonly median: number;
  readonly p90: number;
  readonly worst: number;
}

/** How well one task is predicted, beside a baseline on the same rows. */
export interface FitReport {
  readonly dataset: string;
  readonly task: string;
  readonly rows: number;
  readonly baseline: Errors;
  readonly ours: Errors;
  /** The share of rows whose measurement lies in our interval. */
  readonly coverage?: number;
}

/** A measured value, and what the baseline and we predict for it without having seen it. */
export interface Prediction {
  readonly measured: number;
  readonly baseline: number;
  readonly ours: number;
  readonly covered?: boolean;
}

export function fitReport(dataset: string, task: string, predictions: readonly Prediction[]): readonly FitReport[] {
  if (predictions.length === 0) return [];
  const covered = predictions.flatMap((prediction) => prediction.covered ?? []);
  return [
    {
      dataset,
      task,
      rows: predictions.length,
      baseline: errors(predictions.map(({ baseline, measured }) => baseline / measured - 1)),
      ours: errors(predictions.map(({ ours, measured }) => ours / measured - 1)),
      ...(covered.length > 0 ? { coverage: covered.filter(Boolean).length / covered.length } : {}),
    },
  ];
}

function errors(signed: readonly number[]): Errors {
  const absolute = signed.map(Math.abs);
  return { median: quantile(absolute, 0.5), p90: quantile(absolute, 0.9), worst: Math.max(...absolute) };
}
