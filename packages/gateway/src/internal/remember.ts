const MAX_ENTRIES = 10_000;

/**
 * Keeps what `load` answers for a moment, so that a busy key asks the database once, not once per call. Failures are
 * not kept. A change in the database is seen `forMs` later at most.
 */
export function remember<T>(forMs: number, load: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const entries = new Map<string, { readonly value: Promise<T>; readonly until: number }>();
  return (key) => {
    const now = performance.now();
    const known = entries.get(key);
    if (known !== undefined && known.until > now) return known.value;
    const value = load(key);
    if (entries.size >= MAX_ENTRIES) entries.clear();
    entries.set(key, { value, until: now + forMs });
    value.catch(() => {
      if (entries.get(key)?.value === value) entries.delete(key);
    });
    return value;
  };
}
