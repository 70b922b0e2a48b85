/**
 * The time of one decode step of a batch: `fixed` (weights are read once) and `perSequence` (each sequence's own), in
 * s.
 */
export interface StepTime {
  readonly fixed: number;
  readonly perSequence: number;
}

/**
 * Fits `fixed + perSequence x batch` to measured steps by least squares of the relative error: throughputs of a sweep
 * span two orders of magnitude, and each point is a measurement of the same quality. Neither part is negative.
 * With one point, or one batch size measured repeatedly, all of the time is `fixed`.
 */
export function fitStepTime(points: readonly { readonly batch: number; readonly step: number }[]): StepTime {
  // Normal equations of the relative residuals 1 - (fixed + perSequence x batch) / step.
  let ff = 0;
  let fp = 0;
  let pp = 0;
  let f = 0;
  let p = 0;
  for (const { batch, step } of points) {
    const x = 1 / step;
    const y = batch / step;
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

export const stepTimeAt = ({ fixed, perSequence }: StepTime, batch: number): number => fixed + perSequence * batch;
