/** An answer over HTTP, as far as errors go. */
export interface Answered {
  readonly status: number;
  readonly error: { readonly code: string; readonly [detail: string]: unknown } | null;
  /** Id of the call that it belongs to. */
  readonly receipt: string | null;
}
