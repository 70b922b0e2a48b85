/** Lets a bounded number of requests run at once; the others wait in the order in which they came. */
export class Admission {
  readonly #limit: number;
  #running = 0;
  readonly #queue = new Set<() => void>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Resolves when the request may run; rejects with the signal's reason if it is aborted before. */
  async enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#running < this.#limit) {
      this.#running++;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const admit = () => {
        signal.removeEventListener("abort", abort);
        resolve();
      };
      const abort = () => {
        this.#queue.delete(admit);
        reject(signal.reason);
      };
      this.#queue.add(admit);
      signal.addEventListener("abort", abort, { once: true });
    });
  }

  /** Hands the place to the next in the queue. */
  leave(): void {
    const [next] = this.#queue;
    if (!next) {
      this.#running--;
      return;
    }
    this.#queue.delete(next);
    next();
  }
}
