import { purchaseCost } from "@joulemint/economics/purchaseCost";
import { redemptionValue } from "@joulemint/economics/redemptionValue";
import { millicredits, pricePerMillion } from "@joulemint/economics/units";
import { consumptionHash } from "@joulemint/protocol/consumption";
import type { Hex } from "../../internal/Hex.ts";
import { appendTestBlock } from "../appendTestBlock.ts";
import { CREDITS, testHash } from "../testHex.ts";
import { type HistoryContext, moved, ZERO_ADDRESS } from "./HistoryContext.ts";

/** Credits in wallets: bought, transferred, consumed or redeemed; a block for each. */
export function walletHistory(context: HistoryContext) {
  const { ledger, offering } = context;
  const price = pricePerMillion(context.price);
  return {
    buy(owner: Hex, credits: bigint) {
      const cost = purchaseCost(millicredits(credits), price);
      return appendTestBlock(ledger, [
        { name: "Bought", address: CREDITS, args: { offering, buyer: owner, to: owner, credits, cost } },
        moved(context, ZERO_ADDRESS, owner, credits),
      ]);
    },

    transferBatch(from: Hex, to: Hex, values: readonly bigint[]) {
      const transfers = values.map((credits) => ({ offering, credits }));
      const args = { operator: from, from, to, transfers };
      return appendTestBlock(ledger, [{ name: "TransferBatch", address: CREDITS, args }]);
    },

    async consume(owner: Hex, credits: bigint) {
      const row = ledger.db.selectFrom("offering").select("consumed").where("id", "=", offering);
      const { consumed: sequence } = await row.executeTakeFirstOrThrow();
      const consumption = { offering, owner, subject: testHash("subject"), credits, sequence };
      const args = { ...consumption, receipt: consumptionHash(consumption) };
      return appendTestBlock(ledger, [
        moved(context, owner, ZERO_ADDRESS, credits),
        { name: "Consumed", address: CREDITS, args },
      ]);
    },

    redeem(owner: Hex, to: Hex, credits: bigint) {
      const amount = redemptionValue(millicredits(credits), price);
      return appendTestBlock(ledger, [
        { name: "Redeemed", address: CREDITS, args: { offering, owner, to, credits, amount } },
        moved(context, owner, ZERO_ADDRESS, credits),
      ]);
    },
  };
}
