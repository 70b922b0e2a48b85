import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Insertable, Selectable } from "kysely";
import type { Database } from "../schema.ts";

export type Row<Table extends keyof Database> = Selectable<Database[Table]>;
type NewRow<Table extends keyof Database> = Insertable<Database[Table]>;

/** Where in the chain a log is. */
export type Position = Pick<Row<"purchase">, "block_number" | "log_index" | "tx_hash">;

/**
 * The part of the chain's state that some events touch, in memory: folding changes the maps and adds rows to the lists.
 * Keys of pairs are made by `pair`.
 */
export interface ChainState {
  readonly models: Map<string, Row<"model">>;
  readonly holders: Map<string, Row<"share_holder">>;
  readonly offerings: Map<string, Row<"offering">>;
  readonly balances: Map<string, Row<"credit_balance">>;
  readonly sessions: Map<string, Row<"session">>;
  readonly purchases: NewRow<"purchase">[];
  readonly redemptions: NewRow<"redemption">[];
  readonly consumptions: NewRow<"consumption">[];
  readonly settlements: NewRow<"settlement">[];
  readonly settlementRows: NewRow<"settlement_row">[];
  readonly releases: NewRow<"release">[];
  readonly claims: NewRow<"claim">[];
}

export function emptyChainState(): ChainState {
  return {
    models: new Map(),
    holders: new Map(),
    offerings: new Map(),
    balances: new Map(),
    sessions: new Map(),
    purchases: [],
    redemptions: [],
    consumptions: [],
    settlements: [],
    settlementRows: [],
    releases: [],
    claims: [],
  };
}

/** The other side of issuing and of redeeming. */
export const ZERO_ADDRESS = `0x${"0".repeat(40)}`;

/** Key of a holder (model, holder) or a balance (offering, owner). */
export const pair = (of: string, account: string) => `${of} ${account}`;

/** The entry that an event presupposes. The chain cannot have emitted the event without it, so its absence is a defect. */
export function existing<T>(entries: ReadonlyMap<string, T>, key: string, what: string): T {
  const entry = entries.get(key);
  if (entry === undefined) throw new JoulemintError("INTERNAL", { reason: `an event names an unknown ${what}`, key });
  return entry;
}
