import type { PlainNumber } from "../units.ts";

/** What a throughput or a speed holds for. What its source does not say is left out, and then nothing is known of it. */
export interface OperatingPoint {
  readonly model?: string;
  readonly hardware?: string;
  /** Of the weights: `bf16`, `fp8`, `fp4`. */
  readonly precision?: string;
  /** Mean lengths of a request, in tokens. */
  readonly inputTokens?: PlainNumber;
  readonly outputTokens?: PlainNumber;
  /** Tokens a second that one user gets. */
  readonly interactivity?: PlainNumber;
  readonly batch?: PlainNumber;
  /** Tokens that a verified step of speculative decoding yields; 1 without it. */
  readonly acceptedLength?: PlainNumber;
}
