export type Outcome<Result> = { readonly ok: Result } | { readonly error: unknown };

export interface MicroBatchOptions<Item, Result> {
  /** How long the first item of a batch waits for company. */
  readonly windowMs: number;
  readonly limit: number;
  /** Answers each item in its order; if it throws, all of them fail with what it threw. */
  run(items: readonly Item[]): Promise<readonly Outcome<Result>[]>;
}

/**
 * Turns many small parallel requests into few large ones: a session that is called a hundred times at once costs the
 * database no more than one that is called once. One batch runs at a time; what arrives meanwhile is the next one.
 */
export function microBatch<Item, Result>(options: MicroBatchOptions<Item, Result>): (item: Item) => Promise<Result> {
  let queue: { item: Item; resolve(result: Result): void; reject(error: unknown): void }[] = [];
  let busy = false;

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.slice(0, options.limit);
      queue = queue.slice(options.limit);
      try {
        const outcomes = await options.run(batch.map(({ item }) => item));
        for (const [index, { resolve, reject }] of batch.entries()) {
          const outcome = outcomes[index];
          if (outcome === undefined) reject(new Error("the batch gave no outcome for this item"));
          else if ("error" in outcome) reject(outcome.error);
          else resolve(outcome.ok);
        }
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    busy = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      if (busy) return;
      busy = true;
      setTimeout(drain, options.windowMs);
    });
}
