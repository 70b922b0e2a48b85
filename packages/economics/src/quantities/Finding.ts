/** What a reader of a result has to know before relying on it. A result with an `error` among its findings is not one to act upon. */
export interface Finding {
  /** SCREAMING_SNAKE_CASE, stable. */
  readonly code: string;
  readonly severity: "info" | "warning" | "error";
  /** One sentence, with the figures in it. */
  readonly message: string;
  /** What was said, and what comes out, in the same unit; absent where there is no such pair. */
  readonly stated?: number;
  readonly computed?: number;
}
