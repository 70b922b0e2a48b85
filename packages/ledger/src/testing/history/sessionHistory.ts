import { purchaseCost } from "@joulemint/economics/purchaseCost";
import { redemptionValue } from "@joulemint/economics/redemptionValue";
import { millicredits, pricePerMillion } from "@joulemint/economics/units";
import type { Hex } from "../../internal/Hex.ts";
import { appendTestBlock } from "../appendTestBlock.ts";
import { CREDITS, randomAddress, randomHash } from "../testHex.ts";
import { type HistoryContext, moved, ZERO_ADDRESS } from "./HistoryContext.ts";
import { packSettledRows, type TestRow } from "./packSettledRows.ts";

/** Sessions: opened from a wallet, topped up, settled and closed; a block for each. */
export function sessionHistory(context: HistoryContext) {
  const { ledger, offering } = context;
  const price = pricePerMillion(context.price);
  const sessionRow = (session: string) =>
    ledger.db.selectFrom("session").selectAll().where("id", "=", session).executeTakeFirstOrThrow();

  return {
    /** The factory's metering key signs for it. */
    async openFromWallet(owner: Hex, credits: bigint): Promise<Hex> {
      const [session, signer] = [randomHash(), randomAddress()];
      const args = { offering, session, owner, signer, salt: randomHash(), credits };
      const events = [
        moved(context, owner, ZERO_ADDRESS, credits),
        { name: "SessionOpened", address: CREDITS, args },
      ] as const;
      await appendTestBlock(ledger, events, { meteringKey: signer });
      return session;
    },

    async topUp(session: Hex, payer: Hex, credits: bigint) {
      const to = (await sessionRow(session)).owner as Hex;
      const cost = purchaseCost(millicredits(credits), price);
      return appendTestBlock(ledger, [
        { name: "SessionToppedUp", address: CREDITS, args: { offering, session, payer, credits } },
        { name: "Bought", address: CREDITS, args: { offering, buyer: payer, to, credits, cost } },
      ]);
    },

    async settle(rows: readonly TestRow[]) {
      const slots = new Map<string, bigint>();
      let consumed = 0n;
      for (const { session, used, reason } of rows) {
        if (reason !== "ok" && reason !== "clamped") continue;
        consumed += used - (slots.get(session) ?? (await sessionRow(session)).used);
        slots.set(session, used);
      }
      const args = { offering, submitter: randomAddress(), receiptsRoot: randomHash(), consumed };
      const event = { name: "Settled" as const, address: CREDITS, args: { ...args, rows: packSettledRows(rows) } };
      return appendTestBlock(ledger, [event]);
    },

    requestClose(session: Hex) {
      const args = { offering, session, closableAt: 1_800_000_000n };
      return appendTestBlock(ledger, [{ name: "CloseRequested", address: CREDITS, args }]);
    },

    async close(session: Hex) {
      const { owner, cap, used } = await sessionRow(session);
      const credits = cap - used;
      const args = {
        offering,
        session,
        to: owner as Hex,
        credits,
        amount: redemptionValue(millicredits(credits), price),
      };
      return appendTestBlock(ledger, [{ name: "SessionClosed", address: CREDITS, args }]);
    },
  };
}
