import { earned, revenuePerShare } from "@joulemint/economics/shareRevenue";
import { baseUnits, shareUnits } from "@joulemint/economics/units";
import type { Ledger } from "@joulemint/ledger/Ledger";

/** The chain's state as the ledger has it, as far as the contracts can be asked for the same. */
export async function ledgerView({ db }: Ledger) {
  const models = await db.selectFrom("model").selectAll().orderBy("address").execute();
  const holders = await db.selectFrom("share_holder").selectAll().orderBy("model").orderBy("holder").execute();
  return {
    offerings: await db
      .selectFrom("offering")
      .select(["id", "outstanding", "consumed", "released", "operator_claimed", "treasury_claimed"])
      .orderBy("id")
      .execute(),
    sessions: await db
      .selectFrom("session")
      .select(["id", "offering", "signer", "used", "state"])
      .orderBy("id")
      .execute(),
    balances: await db.selectFrom("credit_balance").selectAll().orderBy("offering").orderBy("owner").execute(),
    models: models.map(({ address, owner, lifetime_revenue, claimed_revenue }) => {
      return { address, owner, lifetime_revenue, claimed_revenue };
    }),
    holders: holders.map(({ model, holder, balance, correction }) => {
      const { lifetime_revenue = 0n, supply = 1n } = models.find(({ address }) => address === model) ?? {};
      const perShare = revenuePerShare(baseUnits(lifetime_revenue), shareUnits(supply));
      const claimable: bigint = earned({ balance: shareUnits(balance), correction }, perShare);
      return { model, holder, balance, claimable };
    }),
  };
}
