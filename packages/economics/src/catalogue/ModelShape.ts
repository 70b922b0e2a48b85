/** What of a model's architecture decides its cost: nothing here depends on how well it answers. */
export interface ModelShape {
  readonly id: string;
  /** Parameters in all, and those that one token passes through (fewer in a mixture of experts). */
  readonly parameters: number;
  readonly activeParameters: number;
  /** Bytes of keys and values that one token of context holds, at bf16. */
  readonly kvBytesPerToken: number;
}
