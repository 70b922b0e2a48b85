import { newEventId } from "@joulemint/protocol/eventId";
import { receiptHash } from "@joulemint/protocol/receiptHash";
import type { CapturedCall } from "../../captures.ts";
import { createCaptures } from "../../captures.ts";
import { createHolds } from "../../holds.ts";
import type { Hex } from "../../internal/Hex.ts";
import type { Ledger } from "../../Ledger.ts";
import { storeVoucher } from "../../vouchers.ts";
import { appendTestBlock } from "../appendTestBlock.ts";
import { openTestSession } from "../openTestSession.ts";
import { registerTestOffering } from "../registerTestOffering.ts";
import { testCall } from "../testCall.ts";
import { CREDITS, randomAddress, testHash } from "../testHex.ts";
import { testLease } from "../testLease.ts";
import type { HistoryContext } from "./HistoryContext.ts";
import { revenueHistory } from "./revenueHistory.ts";
import { sessionHistory } from "./sessionHistory.ts";
import { walletHistory } from "./walletHistory.ts";

/** Three and a third base units for each millicredit, so that every rounding leaves dust. */
const PRICE = 3_333_333_333n;

/**
 * Writes a history in which every bucket of the law is filled: credits in wallets and consumed out of them, sessions open, closing and closed,
 * holds in every state, receipts settled and not, revenue in escrow, released, payable and claimed, refunds and dust.
 */
export async function writeTestHistory(ledger: Ledger): Promise<HistoryContext> {
  const offering = await registerTestOffering(ledger, { pricePerMillion: PRICE });
  const { model } = await ledger.db
    .selectFrom("offering")
    .select("model")
    .where("id", "=", offering)
    .executeTakeFirstOrThrow();
  const context: HistoryContext = { ledger, offering, model: model as Hex, price: PRICE };
  const wallets = walletHistory(context);
  const sessions = sessionHistory(context);
  const revenue = revenueHistory(context);
  const [alice, bob, dave, investor] = [randomAddress(), randomAddress(), randomAddress(), randomAddress()];

  await wallets.buy(alice, 1000n);
  await wallets.transferBatch(alice, bob, [200n, 100n]);
  const one = await sessions.openFromWallet(alice, 500n);
  await sessions.topUp(one, dave, 101n);
  const { session: two } = await openTestSession(ledger, { offering, credits: 800n, consumerSigned: true });
  const { session: three } = await openTestSession(ledger, { offering, credits: 77n });

  const holds = createHolds(ledger, { lease: await testLease(ledger), windowMs: 0 });
  const captures = createCaptures(ledger, { receiptKey: randomAddress(), windowMs: 0 });
  const place = async (session: Hex, amount: bigint, ttlMs = 60_000) => {
    const id = newEventId();
    await holds.place({ id, session, amount, ttlMs });
    return id;
  };
  const call = async (session: Hex, amount: bigint, charge: bigint, changes?: Partial<CapturedCall>) =>
    receiptHash(await captures.capture(testCall(await place(session, amount), charge, changes)));

  await call(one, 100n, 100n, { flags: ["usage_missing"], usageProvenance: "counted" });
  const oneAt150 = await call(one, 60n, 50n, { energyMillijoules: null, energyProvenance: "unknown" });
  const oneAt175 = await call(one, 20n, 25n);
  await call(one, 10n, 5n);
  const receiptsHead = await call(two, 90n, 60n);
  await storeVoucher(ledger, { session: two, cumulative: 60n, receiptsHead, signature: `0x${"ab".repeat(64)}` });
  await holds.void(await place(one, 33n));
  await place(one, 44n, 0);
  await holds.sweep();
  await place(one, 55n);

  await sessions.settle([
    { session: one, used: 150n, head: oneAt150, reason: "ok" },
    { session: two, used: 60n, head: receiptsHead, reason: "clamped" },
    { session: three, used: 0n, head: testHash("forged"), reason: "bad_signature" },
  ]);
  await revenue.release();
  const holder = await ledger.db
    .selectFrom("share_holder")
    .select("holder")
    .where("model", "=", model)
    .executeTakeFirstOrThrow();
  await revenue.moveShares(holder.holder as Hex, investor, 400_000n);
  await revenue.claimShares(holder.holder as Hex);
  await revenue.claimSplit("operator");
  await revenue.claimSplit("treasury");
  await revenue.accrue(77n);
  await revenue.moveShares(investor, holder.holder as Hex, 1n);
  await sessions.settle([
    { session: one, used: 175n, head: oneAt175, reason: "ok" },
    { session: one, used: 175n, head: oneAt150, reason: "stale" },
  ]);
  await wallets.consume(bob, 7n);
  await revenue.release();
  await sessions.settle([{ session: one, used: 178n, head: oneAt175, reason: "ok" }]);
  await wallets.consume(bob, 31n);
  await wallets.redeem(bob, dave, 121n);
  await sessions.requestClose(two);
  await sessions.close(two);
  await sessions.requestClose(three);
  const handedOver = { offering, role: "operator" as const, from: alice, to: bob };
  await appendTestBlock(ledger, [{ name: "AccountHandedOver", address: CREDITS, args: handedOver }]);
  return context;
}
