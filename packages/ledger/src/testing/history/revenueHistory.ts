import { releasedRevenue } from "@joulemint/economics/releasedRevenue";
import { claimRevenue, receiveShares, revenuePerShare, sendShares } from "@joulemint/economics/shareRevenue";
import { splitRevenue } from "@joulemint/economics/splitRevenue";
import { baseUnits, bps, millicredits, pricePerMillion, shareUnits } from "@joulemint/economics/units";
import { sql } from "kysely";
import type { Hex } from "../../internal/Hex.ts";
import { randomAddress } from "../testHex.ts";
import { count, emit, emitShares, first, type HistoryContext } from "./HistoryContext.ts";

/** Revenue: released into the split, accrued by shares, moved with them and claimed. */
export function revenueHistory(context: HistoryContext) {
  const { db } = context.ledger;
  const { offering, model } = context;

  const offeringRow = () => db.selectFrom("offering").selectAll().where("id", "=", offering).executeTakeFirstOrThrow();
  const modelRow = () => db.selectFrom("model").selectAll().where("address", "=", model).executeTakeFirstOrThrow();
  const perShareNow = async () => {
    const { lifetime_revenue, supply } = await modelRow();
    return revenuePerShare(baseUnits(lifetime_revenue), shareUnits(supply));
  };
  const holding = async (holder: string) => {
    await db
      .insertInto("share_holder")
      .values({ model, holder, balance: 0n, correction: 0n, claimed: 0n })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const share = db.selectFrom("share_holder").selectAll().where("model", "=", model).where("holder", "=", holder);
    const { balance, correction } = await share.executeTakeFirstOrThrow();
    return { balance: shareUnits(balance), correction };
  };
  const setHolding = (holder: string, change: { balance: bigint; correction: bigint }) =>
    db.updateTable("share_holder").set(change).where("model", "=", model).where("holder", "=", holder).execute();

  async function accrue(amount: bigint): Promise<void> {
    const lifetime = (await modelRow()).lifetime_revenue + amount;
    await emitShares(context, "RevenueAccrued", { amount, lifetime });
    await db.updateTable("model").set({ lifetime_revenue: lifetime }).where("address", "=", model).execute();
  }

  return {
    accrue,

    async release(): Promise<void> {
      const { consumed, released, holders_bps, treasury_bps } = await offeringRow();
      const now = releasedRevenue(millicredits(consumed), pricePerMillion(context.price));
      const split = { holdersBps: bps(BigInt(holders_bps)), treasuryBps: bps(BigInt(treasury_bps)) };
      const [before, after] = [splitRevenue(baseUnits(released), split), splitRevenue(now, split)];
      const parts = {
        amount: now - released,
        holders: after.holders - before.holders,
        treasury: after.treasury - before.treasury,
        operator: after.operator - before.operator,
      };
      const at = first(await emit(context, ["Released", parts]));
      await db
        .insertInto("release")
        .values({ ...at, offering, ...parts })
        .execute();
      await count(context, "released", parts.amount);
      await accrue(parts.holders);
    },

    async claimSplit(role: "operator" | "treasury"): Promise<void> {
      const { rows } = await sql<{ amount: bigint }>`
        SELECT sum(${sql.ref(role)}) AS amount FROM release WHERE offering = ${offering}`.execute(db);
      const { amount } = first(rows);
      const account = (await offeringRow())[role];
      const at = first(await emit(context, ["SplitClaimed", { role: role === "operator" ? 0 : 1, account, amount }]));
      await db
        .insertInto("claim")
        .values({ ...at, role, model, offering, account, recipient: account, amount })
        .execute();
      await count(context, role === "operator" ? "operator_claimed" : "treasury_claimed", amount);
    },

    async moveShares(from: Hex, to: Hex, value: bigint): Promise<void> {
      const perShare = await perShareNow();
      await emitShares(context, "Transfer", { from, to, value });
      await setHolding(from, sendShares(await holding(from), shareUnits(value), perShare));
      await setHolding(to, receiveShares(await holding(to), shareUnits(value), perShare));
    },

    async claimShares(holder: Hex): Promise<void> {
      const { holding: rest, paid } = claimRevenue(await holding(holder), await perShareNow());
      const recipient = randomAddress();
      const at = await emitShares(context, "RevenueClaimed", { holder, to: recipient, amount: paid });
      const claim = { role: "holder" as const, model, offering: null, account: holder, recipient, amount: paid };
      await db
        .insertInto("claim")
        .values({ ...at, ...claim })
        .execute();
      await setHolding(holder, rest);
      await sql`UPDATE share_holder SET claimed = claimed + ${paid} WHERE model = ${model} AND holder = ${holder}`.execute(
        db,
      );
      await sql`UPDATE model SET claimed_revenue = claimed_revenue + ${paid} WHERE address = ${model}`.execute(db);
    },
  };
}
