import { within } from "../internal/checked.ts";
import { type PlainNumber, type Seconds, seconds } from "../units.ts";

/**
 * From request to last token: time to first token, and then a time per output token for each of the others (NIM's
 * definitions). It holds for each request and for means; of medians and other quantiles it is an approximation.
 * Throws `RangeError` for fewer than one output token.
 */
export const endToEndLatency = (ttft: Seconds, tpot: Seconds, outputTokens: PlainNumber): Seconds =>
  seconds(ttft + (within(outputTokens, 1, Number.MAX_SAFE_INTEGER, "output tokens") - 1) * tpot);
