import { sql } from "kysely";
import type { Hex } from "../../internal/Hex.ts";
import type { Ledger } from "../../Ledger.ts";
import { appendTestBlock, type TestPosition } from "../appendTestBlock.ts";

export const CREDITS = "0xc4ed175";
export const ZERO_ADDRESS: Hex = `0x${"0".repeat(40)}`;

/** What the parts of a test history share. They write what the chain's reducers would, but by hand and in plain SQL. */
export interface HistoryContext {
  readonly ledger: Ledger;
  readonly offering: Hex;
  readonly model: Hex;
  readonly price: bigint;
}

type Arguments = Record<string, unknown>;

/** Appends a block with these events of `Credits`; integers become decimal strings. */
export async function emit(
  context: HistoryContext,
  ...events: [name: string, args: Arguments][]
): Promise<TestPosition[]> {
  return appendTestBlock(
    context.ledger.db,
    events.map(([name, args]) => ({ address: CREDITS, name, args: toJson({ offering: context.offering, ...args }) })),
  );
}

/** The same for an event of the model's shares. */
export async function emitShares(context: HistoryContext, name: string, args: Arguments): Promise<TestPosition> {
  const events = [{ address: context.model, name, args: toJson(args) }];
  return first(await appendTestBlock(context.ledger.db, events));
}

export function first<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error("nothing there");
  return item;
}

/** Moves counters of the offering's row. */
export async function count(
  { ledger, offering }: HistoryContext,
  column: "outstanding" | "consumed" | "released" | "operator_claimed" | "treasury_claimed",
  amount: bigint,
): Promise<void> {
  const counter = sql.ref(column);
  await sql`UPDATE offering SET ${counter} = ${counter} + ${amount} WHERE id = ${offering}`.execute(ledger.db);
}

function toJson(args: Arguments): Arguments {
  return Object.fromEntries(Object.entries(args).map(([key, value]) => [key, decimal(value)]));
}

function decimal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decimal);
  return typeof value === "bigint" ? String(value) : value;
}
