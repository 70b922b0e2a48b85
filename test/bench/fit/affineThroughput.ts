import type { MeasuredPoint } from "@joulemint/economics/production/distinctBatches";

/**
 * The baseline: throughput of a batch by the textbook law alone, a step that takes `fixed + perSequence x batch` seconds,
 * fitted by least squares of the relative error. Neither part is negative; with one batch size all of the time is fixed.
 */
export function affineThroughput(points: readonly MeasuredPoint[], batch: number): number {
  const { fixed, perSequence } = fitStepTime(points);
  return batch / (fixed + perSequence * batch);
}

function fitStepTime(points: readonly MeasuredPoint[]): { fixed: number; perSequence: number } {
  // Normal equations of the relative residuals 1 - (fixed + perSequence x batch) / step.
  let ff = 0;
  let fp = 0;
  let pp = 0;
  let f = 0;
  let p = 0;
  for (const { batch, throughput } of points) {
    const x = throughput / batch;
    const y = throughput;
    ff += x * x;
    fp += x * y;
    pp += y * y;
    f += x;
    p += y;
  }
  const determinant = ff * pp - fp * fp;
  if (determinant <= 1e-12 * ff * pp) return { fixed: f / ff, perSequence: 0 };
  const fixed = (f * pp - p * fp) / determinant;
  const perSequence = (p * ff - f * fp) / determinant;
  if (perSequence < 0) return { fixed: f / ff, perSequence: 0 };
  if (fixed < 0) return { fixed: 0, perSequence: p / pp };
  return { fixed, perSequence };
}
