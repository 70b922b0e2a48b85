/** One thing that is measured, and what it is measured against. */
export interface Benchmark {
  readonly name: string;
  readonly unit: string;
  /** Sets up, and gives one measured round of each candidate; a round answers a rate, larger is better. */
  prepare(): Promise<{
    readonly ours: () => Promise<number>;
    readonly reference: Readonly<Record<string, () => Promise<number>>>;
    close(): Promise<void>;
  }>;
}

export interface Measurement {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  readonly reference: Readonly<Record<string, number>>;
  readonly ratio: Readonly<Record<string, number>>;
}
