/** A chat completion request, checked as far as metering depends on it. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly Readonly<Record<string, unknown>>[];
  readonly stream: boolean;
  /** What the caller asked to see of the usage in a stream. The gateway always asks the upstream for more. */
  readonly includeUsage: boolean;
  readonly continuousUsage: boolean;
  /** `n`: how many answers. */
  readonly choices: bigint;
  /** Completion tokens of one choice, if the caller limits them. */
  readonly outputLimit: bigint | null;
  readonly serviceTier: string | null;
  /** All fields as they came. */
  readonly body: Readonly<Record<string, unknown>>;
}
