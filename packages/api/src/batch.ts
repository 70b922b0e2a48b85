/**
 * Turns many single look-ups of one request into one read: keys asked for in the same turn are loaded together, and a
 * key is loaded once. What has no value comes back as `undefined`.
 */
export function batch<Key, Value>(
  nameOf: (key: Key) => string,
  load: (keys: readonly Key[]) => Promise<ReadonlyMap<string, Value>>,
): (key: Key) => Promise<Value | undefined> {
  const known = new Map<string, Promise<Value | undefined>>();
  let waiting: { keys: Key[]; values: Promise<ReadonlyMap<string, Value>> } | undefined;

  return (key) => {
    const name = nameOf(key);
    const seen = known.get(name);
    if (seen !== undefined) return seen;
    waiting ??= start([]);
    waiting.keys.push(key);
    const value = waiting.values.then((values) => values.get(name));
    known.set(name, value);
    return value;
  };

  function start(keys: Key[]) {
    // After the promise jobs of this turn: only then have all resolvers of one level asked.
    const values = new Promise<void>((resolve) => process.nextTick(() => setImmediate(resolve))).then(() => {
      waiting = undefined;
      return load(keys);
    });
    return { keys, values };
  }
}
