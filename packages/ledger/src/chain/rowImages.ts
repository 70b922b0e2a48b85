import type { Insertable } from "kysely";
import type { Database } from "../schema.ts";
import type { ChainBlock } from "./ChainBlock.ts";
import type { ChainState } from "./ChainState.ts";
import { touchedKeys } from "./touchedKeys.ts";

/** Tables whose rows are replaced, and where folding has them. */
const ENTRIES = [
  ["model", "models"],
  ["share_holder", "holders"],
  ["offering", "offerings"],
  ["credit_balance", "balances"],
  ["session", "sessions"],
] as const;

/** The rows that a block may change, as they are before its events are folded. */
export function rowImages(state: ChainState, { number, events }: ChainBlock): Insertable<Database["chain_undo"]>[] {
  const keys = touchedKeys(events.map(({ event }) => event));
  return ENTRIES.flatMap(([entry, of]) =>
    [...keys[of]].map((key) => ({ entry, key, block_number: number, before: image(state[of].get(key)) })),
  );
}

/** Integers as decimal strings: JSON numbers would lose digits. */
function image(row: object | undefined): string | null {
  if (row === undefined) return null;
  return JSON.stringify(row, (_, value) => (typeof value === "bigint" ? value.toString() : value));
}
