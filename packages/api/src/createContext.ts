import type { Context } from "./Context.ts";
import { createLoaders } from "./createLoaders.ts";
import type { RequestSnapshot } from "./createRequestSnapshot.ts";
import type { FactoryCosts } from "./FactoryCosts.ts";

/** A context over a snapshot; loaders remember what they read, so each context is for one execution. */
export function createContext(snapshot: RequestSnapshot, costs: FactoryCosts, now: Date): Context {
  return { snapshot, reader: snapshot.reader, load: createLoaders(snapshot.reader), costs, now };
}
