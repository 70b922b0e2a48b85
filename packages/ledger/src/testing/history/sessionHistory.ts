import { purchaseCost } from "@joulemint/economics/purchaseCost";
import { redemptionValue } from "@joulemint/economics/redemptionValue";
import { millicredits, pricePerMillion } from "@joulemint/economics/units";
import { SETTLED_REASONS, type SettledReason } from "@joulemint/protocol/settledRows";
import { sql } from "kysely";
import type { Hex } from "../../internal/Hex.ts";
import { syncMeters } from "../../syncMeters.ts";
import { randomAddress, randomHash } from "../testHex.ts";
import { count, emit, first, type HistoryContext, ZERO_ADDRESS } from "./HistoryContext.ts";
import { walletHistory } from "./walletHistory.ts";

export interface TestRow {
  readonly session: Hex;
  readonly used: bigint;
  readonly head: Hex;
  readonly reason: SettledReason;
}

/** Sessions: opened from a wallet, topped up, settled and closed. The factory's metering key signs them all. */
export function sessionHistory(context: HistoryContext) {
  const { db } = context.ledger;
  const { offering } = context;
  const price = pricePerMillion(context.price);
  const { single, addToWallet } = walletHistory(context);
  const sessionRow = (session: string) =>
    db.selectFrom("session").selectAll().where("id", "=", session).executeTakeFirstOrThrow();
  const follow = async (session: string) =>
    syncMeters(db, { sessions: [session], meteringKey: (await sessionRow(session)).signer });

  return {
    async openFromWallet(owner: Hex, credits: bigint): Promise<Hex> {
      const session = randomHash();
      const [signer, salt] = [randomAddress(), randomHash()];
      const opened = { session, owner, signer, salt, credits };
      const at = first(await emit(context, single(owner, ZERO_ADDRESS, credits), ["SessionOpened", opened]));
      await addToWallet(owner, -credits);
      const row = { id: session, offering, owner, signer, salt, cap: credits, opened_block: at.block_number };
      await db
        .insertInto("session")
        .values({ ...row, state: "open" })
        .execute();
      await follow(session);
      return session;
    },

    async topUp(session: Hex, payer: Hex, credits: bigint): Promise<void> {
      const { owner } = await sessionRow(session);
      const cost = purchaseCost(millicredits(credits), price);
      const bought: [string, Record<string, unknown>] = ["Bought", { buyer: payer, to: owner, credits, cost }];
      const at = first((await emit(context, ["SessionToppedUp", { session, payer, credits }], bought)).slice(1));
      await db
        .insertInto("purchase")
        .values({ ...at, offering, buyer: payer, recipient: owner, credits, cost })
        .execute();
      await sql`UPDATE session SET cap = cap + ${credits} WHERE id = ${session}`.execute(db);
      await count(context, "outstanding", credits);
      await follow(session);
    },

    async settle(rows: readonly TestRow[]): Promise<void> {
      const packed = `0x${rows.map(pack).join("")}`;
      const [submitter, receiptsRoot] = [randomAddress(), randomHash()];
      const settled: { row: TestRow; consumed: bigint }[] = [];
      for (const row of rows) {
        const moves = row.reason === "ok" || row.reason === "clamped";
        settled.push({ row, consumed: moves ? row.used - (await sessionRow(row.session)).used : 0n });
        if (moves) await db.updateTable("session").set({ used: row.used }).where("id", "=", row.session).execute();
      }
      const consumed = settled.reduce((sum, row) => sum + row.consumed, 0n);
      const at = first(await emit(context, ["Settled", { submitter, receiptsRoot, consumed, rows: packed }]));
      await db
        .insertInto("settlement")
        .values({ ...at, offering, submitter, receipts_root: receiptsRoot, consumed })
        .execute();
      const { tx_hash: _, ...place } = at;
      const values = settled.map(({ row: { session, used, head, reason }, consumed }, position) => ({
        ...place,
        position,
        session,
        used,
        consumed,
        receipts_head: head,
        reason,
      }));
      await db.insertInto("settlement_row").values(values).execute();
      await count(context, "outstanding", -consumed);
      await count(context, "consumed", consumed);
      for (const { session } of rows) await follow(session);
    },

    async requestClose(session: Hex): Promise<void> {
      const closableAt = 1_800_000_000n;
      await emit(context, ["CloseRequested", { session, closableAt }]);
      await db
        .updateTable("session")
        .set({ state: "closing", closable_at: closableAt })
        .where("id", "=", session)
        .execute();
      await follow(session);
    },

    async close(session: Hex): Promise<void> {
      const { owner, cap, used } = await sessionRow(session);
      const credits = cap - used;
      const amount = redemptionValue(millicredits(credits), price);
      const at = first(await emit(context, ["SessionClosed", { session, to: owner, credits, amount }]));
      const row = { ...at, offering, session, owner, recipient: owner, credits, amount };
      await db.insertInto("redemption").values(row).execute();
      await db.updateTable("session").set({ state: "closed" }).where("id", "=", session).execute();
      await count(context, "outstanding", -credits);
      await follow(session);
    },
  };
}

function pack({ session, used, head, reason }: TestRow): string {
  const number = SETTLED_REASONS.indexOf(reason).toString(16).padStart(2, "0");
  return session.slice(2) + used.toString(16).padStart(12, "0") + head.slice(2) + number;
}
