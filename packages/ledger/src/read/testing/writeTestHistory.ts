import { releasedRevenue } from "@joulemint/economics/releasedRevenue";
import { claimRevenue, revenuePerShare } from "@joulemint/economics/shareRevenue";
import { splitRevenue } from "@joulemint/economics/splitRevenue";
import { baseUnits, bps, millicredits, pricePerMillion, shareUnits } from "@joulemint/economics/units";
import { newEventId } from "@joulemint/protocol/eventId";
import type { CapturedCall } from "../../captures.ts";
import { createCaptures } from "../../captures.ts";
import { createHolds } from "../../holds.ts";
import type { Hex } from "../../internal/Hex.ts";
import type { Ledger } from "../../Ledger.ts";
import { attachSignatures } from "../../receipts.ts";
import { syncMeters } from "../../syncMeters.ts";
import { appendTestBlock } from "../../testing/appendTestBlock.ts";
import { openTestSession } from "../../testing/openTestSession.ts";
import { testCall } from "../../testing/testCall.ts";
import { randomAddress, testHash } from "../../testing/testHex.ts";
import { testLease } from "../../testing/testLease.ts";

export type TestHistory = Awaited<ReturnType<typeof writeTestHistory>>;

const CREDITS = "0xc4ed175";
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
  const head = await ledger.db
    .selectFrom("receipt")
    .select("hash")
    .where("id", "=", receipts[1].id)
    .executeTakeFirstOrThrow();
  const stranger = testHash("a session that nobody opened");
  const settled = await settle(ledger, { offering, session: first.session, used, head: head.hash, stranger });
  await syncMeters(ledger.db, { sessions: [first.session], meteringKey: first.signer });

  const released = releasedRevenue(millicredits(used), pricePerMillion(terms.price_per_million));
  const split = splitRevenue(released, {
    holdersBps: bps(BigInt(terms.holders_bps)),
    treasuryBps: bps(BigInt(terms.treasury_bps)),
  });
  await ledger.db
    .insertInto("release")
    .values({ ...settled.released, offering, amount: released, ...split })
    .execute();
  await ledger.db
    .updateTable("offering")
    .set({ outstanding: terms.outstanding - used, consumed: used, released })
    .where("id", "=", offering)
    .execute();
  await ledger.db.updateTable("model").set({ lifetime_revenue: split.holders }).where("address", "=", model).execute();
  const claims = await claim(ledger, { offering, model, operator: terms.operator, amount: split.operator });
  return { first, second, offering, model, terms, receipts, inFlight, used, released, split, stranger, claims };
}

async function settle(
  { db }: Ledger,
  {
    offering,
    session,
    used,
    head,
    stranger,
  }: Record<"offering" | "session" | "head" | "stranger", string> & { used: bigint },
) {
  const terms = await db.selectFrom("offering").selectAll().where("id", "=", offering).executeTakeFirstOrThrow();
  const submitter = randomAddress();
  const root = testHash("root");
  const released = releasedRevenue(millicredits(used), pricePerMillion(terms.price_per_million));
  const split = splitRevenue(released, {
    holdersBps: bps(BigInt(terms.holders_bps)),
    treasuryBps: bps(BigInt(terms.treasury_bps)),
  });
  const row = (id: string, slot: bigint, receiptsHead: string, reason: string) =>
    id.slice(2) + slot.toString(16).padStart(12, "0") + receiptsHead.slice(2) + reason;
  const zero = `0x${"0".repeat(64)}`;
  const rows = `0x${row(session, used, head, "00")}${row(stranger, 0n, zero, "04")}`;
  const [settled, accrued, releasedAt] = await appendTestBlock(db, [
    { address: CREDITS, name: "Settled", args: { offering, submitter, receiptsRoot: root, consumed: `${used}`, rows } },
    {
      address: terms.model,
      name: "RevenueAccrued",
      args: { amount: `${split.holders}`, lifetime: `${split.holders}` },
    },
    {
      address: CREDITS,
      name: "Released",
      args: {
        offering,
        amount: `${released}`,
        holders: `${split.holders}`,
        treasury: `${split.treasury}`,
        operator: `${split.operator}`,
      },
    },
  ]);
  if (settled === undefined || accrued === undefined || releasedAt === undefined) throw new Error("three events");
  await db
    .insertInto("settlement")
    .values({ ...settled, offering, submitter, receipts_root: root, consumed: used })
    .execute();
  const at = { block_number: settled.block_number, log_index: settled.log_index };
  await db
    .insertInto("settlement_row")
    .values([
      { ...at, position: 0, session, used, consumed: used, receipts_head: head, reason: "ok" },
      { ...at, position: 1, session: stranger, used: 0n, consumed: 0n, receipts_head: zero, reason: "unknown_session" },
    ])
    .execute();
  await db.updateTable("session").set({ used }).where("id", "=", session).execute();
  return { settled, released: releasedAt };
}

async function claim(
  { db }: Ledger,
  { offering, model, operator, amount }: { offering: string; model: Hex; operator: string; amount: bigint },
) {
  const { lifetime_revenue: lifetime, supply } = await db
    .selectFrom("model")
    .select(["lifetime_revenue", "supply"])
    .where("address", "=", model)
    .executeTakeFirstOrThrow();
  const share = await db.selectFrom("share_holder").selectAll().where("model", "=", model).executeTakeFirstOrThrow();
  const { holding, paid } = claimRevenue(
    { balance: shareUnits(share.balance), correction: share.correction },
    revenuePerShare(baseUnits(lifetime), shareUnits(supply)),
  );
  const { holder } = share;
  const [byHolder, byOperator] = await appendTestBlock(db, [
    { address: model, name: "RevenueClaimed", args: { holder, to: holder, amount: `${paid}` } },
    { address: CREDITS, name: "SplitClaimed", args: { offering, role: 0, account: operator, amount: `${amount}` } },
  ]);
  if (byHolder === undefined || byOperator === undefined) throw new Error("two events");
  await db
    .insertInto("claim")
    .values([
      { ...byHolder, role: "holder", model, offering: null, account: holder, recipient: holder, amount: paid },
      { ...byOperator, role: "operator", model, offering, account: operator, recipient: operator, amount },
    ])
    .execute();
  await db.updateTable("model").set({ claimed_revenue: paid }).where("address", "=", model).execute();
  await db
    .updateTable("share_holder")
    .set({ correction: holding.correction, claimed: paid })
    .where("model", "=", model)
    .execute();
  await db.updateTable("offering").set({ operator_claimed: amount }).where("id", "=", offering).execute();
  return { holder, paid, operator };
}
