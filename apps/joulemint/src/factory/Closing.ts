/** What has to be stopped, in the reverse of the order in which it was started. */
export class Closing {
  readonly #steps: (() => Promise<void>)[] = [];

  add(step: () => Promise<void>): void {
    this.#steps.push(step);
  }

  own<T extends { close(): Promise<void> }>(part: T): T {
    this.add(() => part.close());
    return part;
  }

  /** Stops everything once; one failing step does not keep the others running. */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      await step().catch((error) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, "some parts did not stop cleanly");
  }
}
