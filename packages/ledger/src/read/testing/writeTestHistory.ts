import { releasedRevenue } from "@joulemint/economics/releasedRevenue";
import { claimRevenue, revenuePerShare } from "@joulemint/economics/shareRevenue";
import { splitRevenue } from "@joulemint/economics/splitRevenue";
import { baseUnits, bps, millicredits, pricePerMillion, shareUnits } from "@joulemint/economics/units";
import { newEventId } from "@joulemint/protocol/eventId";
import type { CapturedCall } from "../../captures.ts";
import { createCaptures } from "../../captures.ts";
import { createHolds } from "../../holds.ts";
import { type Hex, ZERO_HASH } from "../../internal/Hex.ts";
import type { Ledger } from "../../Ledger.ts";
import { attachSignatures } from "../../receipts.ts";
import { appendTestBlock } from "../../testing/appendTestBlock.ts";
import { packSettledRows } from "../../testing/history/packSettledRows.ts";
import { openTestSession } from "../../testing/openTestSession.ts";
import { testCall } from "../../testing/testCall.ts";
import { CREDITS, randomAddress, testHash } from "../../testing/testHex.ts";
import { testLease } from "../../testing/testLease.ts";

export type TestHistory = Awaited<ReturnType<typeof writeTestHistory>>;

const HOUR = 3_600_000n;

/**
 * One small history with something in every table, as gateway, settler and indexer would have written it: two sessions
 * of two owners, four calls (one of unknown energy, an hour later), a call in flight, a settlement that covers the
 * first two calls of the first session, its release, and the claims of the holder and the operator.
 */
export async function writeTestHistory(ledger: Ledger) {
  const first = await openTestSession(ledger, { credits: 2_000_000_000n });
  const second = await openTestSession(ledger, { credits: 9_000_000n, offering: first.offering });
  const { offering } = first;
  const terms = await ledger.db.selectFrom("offering").selectAll().where("id", "=", offering).executeTakeFirstOrThrow();
  const model = terms.model as Hex;

  const holds = createHolds(ledger, { lease: await testLease(ledger) });
  const captures = createCaptures(ledger, { receiptKey: randomAddress() });
  const call = async (session: Hex, charge: bigint, changes: Partial<CapturedCall> = {}) => {
    const id = newEventId();
    await holds.place({ id, session, amount: charge, ttlMs: 60_000 });
    return captures.capture(testCall(id, charge, changes));
  };
  const { startedAt, endedAt } = testCall("", 0n);
  const receipts = [
    await call(first.session, 500_000_000n),
    await call(first.session, 250_000_123n, { energyMillijoules: 2_000n, energyProvenance: "measured" }),
    await call(first.session, 40n),
    await call(second.session, 1_000n, {
      energyMillijoules: null,
      energyProvenance: "unknown",
      usageProvenance: "counted",
      startedAt: startedAt + HOUR,
      endedAt: endedAt + HOUR,
    }),
  ] as const;
  const inFlight = newEventId();
  await holds.place({ id: inFlight, session: second.session, amount: 5_000n, ttlMs: 60_000 });
  const signature = `0x${"5a".repeat(65)}` as const;
  await attachSignatures(ledger, {
    root: testHash("root"),
    signature,
    entries: receipts.slice(0, 2).map(({ id }) => ({ id, proof: [testHash("sibling")] })),
  });

  const used = 750_000_123n;
  const { hash } = await ledger.db
    .selectFrom("receipt")
    .select("hash")
    .where("id", "=", receipts[1].id)
    .executeTakeFirstOrThrow();
  const stranger = testHash("a session that nobody opened");
  const released = releasedRevenue(millicredits(used), pricePerMillion(terms.price_per_million));
  const split = splitRevenue(released, {
    holdersBps: bps(BigInt(terms.holders_bps)),
    treasuryBps: bps(BigInt(terms.treasury_bps)),
  });
  const rows = [
    { session: first.session, used, head: hash as Hex, reason: "ok" as const },
    { session: stranger, used: 0n, head: ZERO_HASH, reason: "unknown_session" as const },
  ];
  const settled = { offering, submitter: randomAddress(), receiptsRoot: testHash("root"), consumed: used };
  await appendTestBlock(ledger, [
    { name: "Settled", address: CREDITS, args: { ...settled, rows: packSettledRows(rows) } },
    { name: "RevenueAccrued", address: model, args: { amount: split.holders, lifetime: split.holders } },
    { name: "Released", address: CREDITS, args: { offering, amount: released, ...split } },
  ]);
  const claims = await claim(ledger, { offering, model, operator: terms.operator as Hex, amount: split.operator });
  return { first, second, offering, model, terms, receipts, inFlight, used, released, split, stranger, claims };
}

async function claim(
  ledger: Ledger,
  { offering, model, operator, amount }: { offering: Hex; model: Hex; operator: Hex; amount: bigint },
) {
  const { lifetime_revenue: lifetime, supply } = await ledger.db
    .selectFrom("model")
    .select(["lifetime_revenue", "supply"])
    .where("address", "=", model)
    .executeTakeFirstOrThrow();
  const share = await ledger.db
    .selectFrom("share_holder")
    .selectAll()
    .where("model", "=", model)
    .executeTakeFirstOrThrow();
  const { paid } = claimRevenue(
    { balance: shareUnits(share.balance), correction: share.correction },
    revenuePerShare(baseUnits(lifetime), shareUnits(supply)),
  );
  const holder = share.holder as Hex;
  await appendTestBlock(ledger, [
    { name: "RevenueClaimed", address: model, args: { holder, to: holder, amount: paid } },
    { name: "SplitClaimed", address: CREDITS, args: { offering, role: "operator", account: operator, amount } },
  ]);
  return { holder, paid, operator };
}
