/** Tells when to try again what keeps failing. */
export interface Backoff {
  due(key: string): boolean;
  /** Each failure in a row doubles the pause. */
  failed(key: string): void;
  succeeded(key: string): void;
}

export interface BackoffOptions {
  readonly firstMs: number;
  readonly longestMs: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
}

export function backoff({ firstMs, longestMs, now = () => performance.now() }: BackoffOptions): Backoff {
  const pauses = new Map<string, { readonly ms: number; readonly until: number }>();
  return {
    due: (key) => now() >= (pauses.get(key)?.until ?? Number.NEGATIVE_INFINITY),
    failed(key) {
      const before = pauses.get(key)?.ms;
      const ms = Math.min(before === undefined ? firstMs : before * 2, longestMs);
      pauses.set(key, { ms, until: now() + ms });
    },
    succeeded: (key) => void pauses.delete(key),
  };
}
