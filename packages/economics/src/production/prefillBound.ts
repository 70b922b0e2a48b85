import { within } from "../internal/checked.ts";
import { type PlainNumber, type Seconds, seconds } from "../units.ts";
import { groupLimits, type Placement } from "./Placement.ts";

/**
 * The least time to first token: every active parameter is multiplied once for every input token. Attention is left
 * out, which only ever adds. Throws `RangeError` for fewer than one input token.
 */
export const prefillBound = (placement: Placement, inputTokens: PlainNumber): Seconds =>
  seconds(
    (2 * placement.model.activeParameters * within(inputTokens, 1, 1e12, "input tokens")) /
      groupLimits(placement).flops,
  );
