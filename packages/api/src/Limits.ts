/** What one operation may ask for; see `operationCost` for how it is counted. */
export interface Limits {
  readonly cost: number;
  readonly depth: number;
  readonly aliases: number;
  /** Lexical tokens of the document: bounds the work before anything can be counted. */
  readonly tokens: number;
  readonly bodyBytes: number;
}

export const DEFAULT_LIMITS: Limits = { cost: 10_000, depth: 16, aliases: 30, tokens: 2_000, bodyBytes: 100_000 };
