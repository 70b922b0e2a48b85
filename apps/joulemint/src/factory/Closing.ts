/** What has to be stopped, in the reverse of the order in which it was started. */
export class Closing {
  readonly #steps: (() => Promise<void>)[] = [];
  #closed: Promise<void> | null = null;
  #stopping = false;

  /** Whether nothing more may be started. */
  get stopping(): boolean {
    return this.#stopping;
  }

  /** Whether what was started is being stopped, so that its end is no failure. */
  get closing(): boolean {
    return this.#closed !== null;
  }

  /** Makes a start that is under way fail at its next part. */
  stopStarting(): void {
    this.#stopping = true;
  }

  add(step: () => Promise<void>): void {
    this.#steps.push(step);
    if (this.#stopping) throw new Error("stopped while starting");
  }

  own<T extends { close(): Promise<void> }>(part: T): T {
    this.add(() => part.close());
    return part;
  }

  /** Stops everything once, whoever asks; one failing step does not keep the others running. */
  close(): Promise<void> {
    this.#closed ??= this.#closeAll();
    return this.#closed;
  }

  async #closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      await step().catch((error) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, "some parts did not stop cleanly");
  }
}
