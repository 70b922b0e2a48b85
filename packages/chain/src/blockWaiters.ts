/** Those who wait for something that the indexer learns by and by. */
export interface BlockWaiters {
  /** How many wait now. */
  readonly size: number;
  /** Resolves with what `probe` gives at the first check at which that is not `null`; rejects with what `late` gives. */
  until<T>(probe: () => T | null, timeoutMs: number, late: () => Error): Promise<T>;
  /** Asks every probe; what a probe throws rejects its waiter. */
  check(): void;
}

export function blockWaiters(): BlockWaiters {
  const checks = new Set<() => void>();
  return {
    get size() {
      return checks.size;
    },
    until<T>(probe: () => T | null, timeoutMs: number, late: () => Error): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        const over = (settle: () => void) => {
          clearTimeout(timer);
          checks.delete(check);
          settle();
        };
        const check = () => {
          try {
            const found = probe();
            if (found !== null) over(() => resolve(found));
          } catch (error) {
            over(() => reject(error));
          }
        };
        const timer = setTimeout(() => over(() => reject(late())), timeoutMs);
        checks.add(check);
        check();
      });
    },
    check() {
      for (const check of checks) check();
    },
  };
}
