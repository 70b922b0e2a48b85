/** Every call of a tree, its root first. Throws `RangeError` if a call occurs twice, because its tokens were used once. */
export function* callsOf<Call extends { readonly calls: readonly Call[] }>(root: Call): Generator<Call, void> {
  const seen = new Set<Call>();
  // A stack of our own: an agent's chain of calls may be deeper than the engine's.
  const open = [root];
  for (let call = open.pop(); call !== undefined; call = open.pop()) {
    if (seen.has(call)) throw new RangeError("a call occurs twice in its tree");
    seen.add(call);
    yield call;
    for (const made of call.calls) open.push(made);
  }
}
