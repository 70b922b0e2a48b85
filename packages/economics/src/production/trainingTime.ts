import { positive, within } from "../internal/checked.ts";
import {
  type FlopPerSecond,
  type Fraction,
  type LlmTokens,
  type PlainNumber,
  type Seconds,
  seconds,
} from "../units.ts";

/**
 * How long a training run takes: 6 FLOP for each active parameter and training token (Kaplan et al. 2020), on machines
 * of which a share `mfu` (model FLOP utilisation) of the dense FLOP/s is used. Throws `RangeError` for what is not
 * above 0 and an `mfu` above 1.
 */
export const trainingTime = (run: {
  readonly activeParameters: PlainNumber;
  readonly tokens: LlmTokens;
  readonly gpus: PlainNumber;
  readonly flopsPerGpu: FlopPerSecond;
  readonly mfu: Fraction;
}): Seconds =>
  seconds(
    (6 * positive(run.activeParameters, "parameters") * positive(Number(run.tokens), "tokens")) /
      (positive(run.gpus, "GPUs") *
        positive(run.flopsPerGpu, "FLOP/s") *
        within(positive(run.mfu, "MFU"), 0, 1, "MFU")),
  );
