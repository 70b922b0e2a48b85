/** Never resolves: what a process that is gone waits for. A new one each time, or it would remember all who wait. */
const never = () => new Promise<never>(() => {});

/**
 * Ends one incarnation of the factory at an await point, as `kill -9` would: whatever it waited for never comes, and it
 * asks nobody for anything any more. Await points are its questions to the database and to the chain, and the chunks of
 * its inference server.
 */
export class Fuse {
  /** Resolves when it has blown. */
  readonly blown: Promise<void>;
  #isBlown = false;
  #left = Number.POSITIVE_INFINITY;
  #afterwards = false;
  #resolve: () => void = () => {};
  #ended: Promise<void> | null = null;
  readonly #victims: (() => void)[] = [];
  readonly #heirs: (() => Promise<void>)[] = [];
  /** Questions that left before the end: the other side answers them all the same. */
  readonly #underway = new Set<Promise<unknown>>();

  constructor() {
    this.blown = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  get isBlown(): boolean {
    return this.#isBlown;
  }

  /**
   * Blows at the n-th await point from now, counted from 1; `afterwards`: when it is answered, and nobody has heard the
   * answer.
   */
  arm(points: number, afterwards: boolean): void {
    this.#left = points;
    this.#afterwards = afterwards;
  }

  disarm(): void {
    this.#left = Number.POSITIVE_INFINITY;
  }

  /** What ends with the process, such as its sockets. */
  onBlow(victim: () => void): void {
    this.#victims.push(victim);
  }

  /** What others do about it, as a database ends the transactions of a lost client. */
  onEnd(heir: () => Promise<void>): void {
    this.#heirs.push(heir);
  }

  blow(): void {
    if (this.#isBlown) return;
    this.#isBlown = true;
    for (const end of this.#victims) end();
    this.#resolve();
  }

  /** An await point. */
  async pass<T>(ask: () => Promise<T>): Promise<T> {
    if (this.#isBlown) return never();
    const last = --this.#left === 0;
    if (last && !this.#afterwards) {
      this.blow();
      return never();
    }
    const answer = ask();
    this.#underway.add(answer);
    try {
      const result = await answer;
      if (last) this.blow();
      if (this.#isBlown) return never();
      return result;
    } catch (error) {
      if (last) this.blow();
      if (this.#isBlown) return never();
      throw error;
    } finally {
      this.#underway.delete(answer);
    }
  }

  /** Blows, if it has not; until everything that had left is answered, and nothing is left of the incarnation. */
  end(): Promise<void> {
    this.blow();
    this.#ended ??= this.#bury();
    return this.#ended;
  }

  /** One that left may wait for what an heir is to end, so neither waits for the other. */
  async #bury(): Promise<void> {
    await Promise.all([Promise.allSettled(this.#underway), ...this.#heirs.map((heir) => heir())]);
  }
}
