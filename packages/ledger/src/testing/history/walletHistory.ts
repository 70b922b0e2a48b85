import { purchaseCost } from "@joulemint/economics/purchaseCost";
import { redemptionValue } from "@joulemint/economics/redemptionValue";
import { millicredits, pricePerMillion } from "@joulemint/economics/units";
import { sql } from "kysely";
import { count, emit, first, type HistoryContext, ZERO_ADDRESS } from "./HistoryContext.ts";

/** Credits in wallets: bought, transferred, locked in a session or redeemed. */
export function walletHistory(context: HistoryContext) {
  const { db } = context.ledger;
  const { offering } = context;
  const price = pricePerMillion(context.price);

  const single = (from: string, to: string, value: bigint): [string, Record<string, unknown>] => [
    "TransferSingle",
    { operator: from, from, to, id: BigInt(offering), value },
  ];

  async function addToWallet(owner: string, credits: bigint): Promise<void> {
    // An insert checks its row before it looks for a conflict, and a negative balance would not pass.
    await db
      .insertInto("credit_balance")
      .values({ offering, owner, balance: 0n })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await sql`UPDATE credit_balance SET balance = balance + ${credits} WHERE offering = ${offering} AND owner = ${owner}`.execute(
      db,
    );
  }

  return {
    single,
    addToWallet,

    async buy(owner: string, credits: bigint): Promise<void> {
      const cost = purchaseCost(millicredits(credits), price);
      const bought: [string, Record<string, unknown>] = ["Bought", { buyer: owner, to: owner, credits, cost }];
      const at = first(await emit(context, bought, single(ZERO_ADDRESS, owner, credits)));
      await db
        .insertInto("purchase")
        .values({ ...at, offering, buyer: owner, recipient: owner, credits, cost })
        .execute();
      await count(context, "outstanding", credits);
      await addToWallet(owner, credits);
    },

    async transferBatch(from: string, to: string, values: bigint[]): Promise<void> {
      await emit(context, [
        "TransferBatch",
        { operator: from, from, to, ids: values.map(() => BigInt(offering)), values },
      ]);
      const total = values.reduce((sum, value) => sum + value, 0n);
      await addToWallet(from, -total);
      await addToWallet(to, total);
    },

    async redeem(owner: string, to: string, credits: bigint): Promise<void> {
      const amount = redemptionValue(millicredits(credits), price);
      const at = first(
        await emit(context, ["Redeemed", { owner, to, credits, amount }], single(owner, ZERO_ADDRESS, credits)),
      );
      const row = { ...at, offering, session: null, owner, recipient: to, credits, amount };
      await db.insertInto("redemption").values(row).execute();
      await count(context, "outstanding", -credits);
      await addToWallet(owner, -credits);
    },
  };
}
