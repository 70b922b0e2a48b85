import type { BytesPerToken, PlainNumber } from "../units.ts";

/** What of a model's architecture decides its cost: nothing here depends on how well it answers. */
export interface ModelShape {
  readonly id: string;
  /** Parameters in all, and those that one token passes through (fewer in a mixture of experts). */
  readonly parameters: PlainNumber;
  readonly activeParameters: PlainNumber;
  /** Of keys and values, at bf16. */
  readonly kvBytesPerToken: BytesPerToken;
}
