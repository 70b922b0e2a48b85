import { exp } from "../internal/elementary.ts";
import type { PlainNumber } from "../units.ts";

/**
 * How the time of a decode step grows with the batch, up to a factor: `knee + batch + mixing x sqrt(knee x batch)`. The
 * weights are read once and each sequence adds its own time, as much as the weights at a batch of `knee`: that is the
 * textbook law, affine. A mixture of experts reads more of its weights the more sequences there are, but not in
 * proportion: that is the root.
 */
export interface StepLaw {
  readonly knee: PlainNumber;
  readonly mixing: 0 | 2;
}

export const stepOf = ({ knee, mixing }: StepLaw, batch: PlainNumber): number =>
  knee + batch + mixing * Math.sqrt(knee * batch);

/** How widely knees are believed to lie around the batches that somebody chose to measure, in e-folds. */
const SPREAD = 2;
/** Knees that are tried, in steps of 3/8 of that, to three times it on either side. */
const STEPS = Array.from({ length: 17 }, (_, step) => ((step - 8) * 3) / 8);

/** The laws that may hold where batches around `centre` were measured, and how probable each is, unscaled. */
export const possibleLaws = (
  centre: PlainNumber,
): readonly { readonly law: StepLaw; readonly lnProbability: number }[] =>
  STEPS.flatMap((step) =>
    ([0, 2] as const).map((mixing) => ({
      law: { knee: centre * exp(SPREAD * step), mixing },
      lnProbability: -(step * step) / 2,
    })),
  );
