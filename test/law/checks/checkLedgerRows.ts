import { deepStrictEqual } from "node:assert/strict";
import type { World } from "../world/startWorld.ts";

/** The rows of sessions, meters, offerings, wallets and shareholders are the books' own. */
export async function checkLedgerRows({ ledger, books }: World): Promise<void> {
  const { db } = ledger;
  const [sessions, offerings, wallets, holders] = await Promise.all([
    db
      .selectFrom("meter")
      .leftJoin("session", "session.id", "meter.session")
      .select(["meter.session", "cap", "used", "meter.state", "charged", "held", "available", "sequence"])
      .select(["consumer_signed", "closable_at"])
      .execute(),
    db
      .selectFrom("offering")
      .select(["id", "outstanding", "consumed", "released", "operator_claimed", "treasury_claimed"])
      .execute(),
    db.selectFrom("credit_balance").select(["offering", "owner", "balance"]).where("balance", "<>", 0n).execute(),
    db.selectFrom("share_holder").select(["model", "holder", "balance", "correction"]).execute(),
  ]);

  deepStrictEqual(
    keyed(sessions, ({ session }) => session),
    keyed(
      [...books.sessions.values()].map((session) => ({
        session: session.terms.id as string,
        cap: session.slot?.cap ?? null,
        used: session.slot?.used ?? null,
        state: session.state,
        charged: session.charged,
        held: session.held,
        available: session.available,
        sequence: BigInt(session.receipts),
        consumer_signed: session.terms.consumerSigned,
        closable_at: session.closableAt === 0n ? null : session.closableAt,
      })),
      ({ session }) => session,
    ),
  );
  for (const { terms, asked, mayAsk } of books.sessions.values()) {
    if (asked > mayAsk) throw new Error(`the settler asked for ${asked} of ${terms.id}, which may pay ${mayAsk}`);
  }
  deepStrictEqual(
    keyed(offerings, ({ id }) => id),
    keyed(
      books.offerings.map(({ id, outstanding, consumed, released, claimed }) => ({
        id: id as string,
        outstanding,
        consumed,
        released,
        operator_claimed: claimed.operator,
        treasury_claimed: claimed.treasury,
      })),
      ({ id }) => id,
    ),
  );
  deepStrictEqual(
    keyed(wallets, ({ offering, owner }) => offering + owner),
    keyed(
      books.offerings.flatMap(({ id, wallets: balances }) =>
        [...balances]
          .filter(([, balance]) => balance !== 0n)
          .map(([owner, balance]) => ({ offering: id as string, owner: owner as string, balance })),
      ),
      ({ offering, owner }) => offering + owner,
    ),
  );
  deepStrictEqual(
    keyed(holders, ({ model, holder }) => model + holder),
    keyed(
      books.shares.flatMap(({ model, holdings }) =>
        [...holdings].map(([holder, { balance, correction }]) => ({
          model: model as string,
          holder: holder as string,
          balance: balance as bigint,
          correction,
        })),
      ),
      ({ model, holder }) => model + holder,
    ),
  );
}

/** By key and in its order, each row with its columns in one order. */
function keyed<Row extends object>(rows: readonly Row[], key: (row: Row) => string): Record<string, unknown> {
  const entries = rows.map((row): [string, unknown] => [key(row), Object.fromEntries(Object.entries(row).sort())]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
