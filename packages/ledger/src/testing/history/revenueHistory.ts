import { releasedRevenue } from "@joulemint/economics/releasedRevenue";
import { claimRevenue, revenuePerShare } from "@joulemint/economics/shareRevenue";
import { splitRevenue } from "@joulemint/economics/splitRevenue";
import { baseUnits, bps, millicredits, pricePerMillion, shareUnits } from "@joulemint/economics/units";
import type { ChainEvent, SplitRole } from "@joulemint/protocol/chainEvents";
import { sql } from "kysely";
import type { Hex } from "../../internal/Hex.ts";
import { appendTestBlock } from "../appendTestBlock.ts";
import { CREDITS, randomAddress } from "../testHex.ts";
import type { HistoryContext } from "./HistoryContext.ts";

/** Revenue: released into the split, accrued by shares, moved with them and claimed; a block for each. */
export function revenueHistory({ ledger, offering, model, price }: HistoryContext) {
  const { db } = ledger;
  const offeringRow = () => db.selectFrom("offering").selectAll().where("id", "=", offering).executeTakeFirstOrThrow();
  const modelRow = () => db.selectFrom("model").selectAll().where("address", "=", model).executeTakeFirstOrThrow();
  const accrued = async (amount: bigint): Promise<ChainEvent> => {
    const lifetime = (await modelRow()).lifetime_revenue + amount;
    return { name: "RevenueAccrued", address: model, args: { amount, lifetime } };
  };

  return {
    /** Revenue that was sent to the shares without a purchase. */
    accrue: async (amount: bigint) => appendTestBlock(ledger, [await accrued(amount)]),

    async release() {
      const { consumed, released, holders_bps, treasury_bps } = await offeringRow();
      const now = releasedRevenue(millicredits(consumed), pricePerMillion(price));
      const split = { holdersBps: bps(BigInt(holders_bps)), treasuryBps: bps(BigInt(treasury_bps)) };
      const [before, after] = [splitRevenue(baseUnits(released), split), splitRevenue(now, split)];
      const parts = {
        amount: now - released,
        holders: after.holders - before.holders,
        treasury: after.treasury - before.treasury,
        operator: after.operator - before.operator,
      };
      const event: ChainEvent = { name: "Released", address: CREDITS, args: { offering, ...parts } };
      return appendTestBlock(ledger, [event, await accrued(parts.holders)]);
    },

    async claimSplit(role: SplitRole) {
      const row = await offeringRow();
      const { rows } = await sql<{ amount: bigint }>`
        SELECT coalesce(sum(${sql.ref(role)}), 0) AS amount FROM release WHERE offering = ${offering}`.execute(db);
      const amount = (rows[0]?.amount ?? 0n) - row[`${role}_claimed`];
      const args = { offering, role, account: row[role] as Hex, amount };
      return appendTestBlock(ledger, [{ name: "SplitClaimed", address: CREDITS, args }]);
    },

    moveShares: (from: Hex, to: Hex, value: bigint) =>
      appendTestBlock(ledger, [{ name: "Transfer", address: model, args: { from, to, value } }]),

    async claimShares(holder: Hex) {
      const share = db.selectFrom("share_holder").selectAll().where("model", "=", model).where("holder", "=", holder);
      const { balance, correction } = await share.executeTakeFirstOrThrow();
      const { lifetime_revenue, supply } = await modelRow();
      const perShare = revenuePerShare(baseUnits(lifetime_revenue), shareUnits(supply));
      const { paid } = claimRevenue({ balance: shareUnits(balance), correction }, perShare);
      const args = { holder, to: randomAddress(), amount: paid };
      return appendTestBlock(ledger, [{ name: "RevenueClaimed", address: model, args }]);
    },
  };
}
