import type { Reader } from "@joulemint/ledger/read/Reader";
import type { Loaders } from "./createLoaders.ts";
import type { RequestSnapshot } from "./createRequestSnapshot.ts";
import type { FactoryCosts } from "./FactoryCosts.ts";

/** What the resolvers of one request share. */
export interface Context {
  readonly snapshot: RequestSnapshot;
  /** The snapshot's reader. */
  readonly reader: () => Promise<Reader>;
  readonly load: Loaders;
  readonly costs: FactoryCosts;
  /** The time of the request: one value, so that all its fields agree on what is over and what is not. */
  readonly now: Date;
}
