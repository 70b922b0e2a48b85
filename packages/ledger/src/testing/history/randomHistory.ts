import { releasedRevenue } from "@joulemint/economics/releasedRevenue";
import { millicredits, pricePerMillion } from "@joulemint/economics/units";
import { newEventId } from "@joulemint/protocol/eventId";
import { createCaptures } from "../../captures.ts";
import type { Row } from "../../chain/ChainState.ts";
import { createHolds } from "../../holds.ts";
import type { Hex } from "../../internal/Hex.ts";
import type { Ledger } from "../../Ledger.ts";
import { appendTestBlock } from "../appendTestBlock.ts";
import { openTestSession } from "../openTestSession.ts";
import { registerTestOffering } from "../registerTestOffering.ts";
import { testCall } from "../testCall.ts";
import { randomAddress, randomHash } from "../testHex.ts";
import { testLease } from "../testLease.ts";
import type { HistoryContext } from "./HistoryContext.ts";
import type { Step } from "./randomSteps.ts";
import { revenueHistory } from "./revenueHistory.ts";
import { sessionHistory } from "./sessionHistory.ts";
import { walletHistory } from "./walletHistory.ts";

const pricePerMillionUnits = 3_333_333_333n;

/** Takes the steps that the contracts and the gateway would allow, most of them in a block each; the others do nothing. */
export async function randomHistory(ledger: Ledger): Promise<(step: Step) => Promise<void>> {
  const { db } = ledger;
  const holds = createHolds(ledger, { lease: await testLease(ledger), windowMs: 0 });
  const captures = createCaptures(ledger, { receiptKey: randomAddress(), windowMs: 0 });
  const wallets = [randomAddress(), randomAddress(), randomAddress()] as const;
  const wallet = (pick: number) => wallets[pick % wallets.length] ?? wallets[0];
  /** Something of the whole, and maybe all. */
  const part = (whole: bigint, amount: bigint) => 1n + (amount % whole);

  const offerings = () => db.selectFrom("offering").selectAll().orderBy("id").execute();
  const balances = () =>
    db.selectFrom("credit_balance").selectAll().where("balance", ">", 0n).orderBy("owner").execute();
  const sessions = (state: "open" | "closing") =>
    db.selectFrom("session").selectAll().where("state", "=", state).orderBy("id").execute();
  const meters = () =>
    db
      .selectFrom("meter")
      .selectAll()
      .where("state", "=", "open")
      .where("available", ">", 0n)
      .orderBy("session")
      .execute();
  const holders = ({ model }: HistoryContext) =>
    db
      .selectFrom("share_holder")
      .selectAll()
      .where("model", "=", model)
      .where("balance", ">", 0n)
      .orderBy("holder")
      .execute();
  const charged = () =>
    db
      .selectFrom("meter")
      .innerJoin("session", "session.id", "meter.session")
      .select(["session.id", "session.offering", "session.cap", "meter.charged", "meter.receipts_head"])
      .where("session.state", "<>", "closed")
      .whereRef("meter.charged", ">", "session.used")
      .whereRef("session.used", "<", "session.cap")
      .orderBy("session.id")
      .execute();
  const contextOf = async (offering: string): Promise<HistoryContext> => {
    const row = db.selectFrom("offering").selectAll().where("id", "=", offering);
    const { model, price_per_million: price } = await row.executeTakeFirstOrThrow();
    return { ledger, offering: offering as Hex, model: model as Hex, price };
  };
  const place = async (session: string, amount: bigint) => {
    const id = newEventId();
    await holds.place({ id, session, amount, ttlMs: 3_600_000 });
    return id;
  };

  type Act<T> = (row: T, step: Step, context: HistoryContext) => Promise<unknown>;
  const among =
    <T extends { offering: string } | { id: string; model: string }>(rows: () => Promise<T[]>, act: Act<T>) =>
    async (step: Step): Promise<void> => {
      const found = await rows();
      const row = found[step.pick % Math.max(1, found.length)];
      if (row !== undefined) await act(row, step, await contextOf("offering" in row ? row.offering : row.id));
    };
  const amongHolders = (act: Act<Row<"share_holder">>) =>
    among(offerings, async (_, step, context) => {
      const found = await holders(context);
      const row = found[step.pick % found.length];
      if (row !== undefined) await act(row, step, context);
    });

  const steps: { [Kind in Step["kind"]]: (step: Step) => Promise<void> } = {
    nothing: () => appendTestBlock(ledger),
    async register({ pick }) {
      const models = await db.selectFrom("model").select("address").orderBy("address").execute();
      const model = models[pick % (models.length + 1)]?.address as Hex | undefined;
      const options = model === undefined ? {} : { model };
      await registerTestOffering(ledger, { pricePerMillion: pricePerMillionUnits, ...options });
    },
    buy: among(offerings, (_, { pick, amount }, context) => walletHistory(context).buy(wallet(pick), amount)),
    transfer: among(balances, ({ owner, balance }, { pick, amount }, context) =>
      walletHistory(context).transferBatch(owner as Hex, wallet(pick), [part(balance, amount)]),
    ),
    consume: among(balances, ({ owner, balance }, { amount }, context) =>
      walletHistory(context).consume(owner as Hex, part(balance, amount)),
    ),
    redeem: among(balances, ({ owner, balance }, { pick, amount }, context) =>
      walletHistory(context).redeem(owner as Hex, wallet(pick), part(balance, amount)),
    ),
    open: among(balances, ({ owner, balance }, { amount }, context) =>
      sessionHistory(context).openFromWallet(owner as Hex, part(balance, amount)),
    ),
    purchase: among(offerings, ({ id }, { amount }) =>
      openTestSession(ledger, { offering: id as Hex, credits: amount }),
    ),
    topUp: among(
      () => sessions("open"),
      ({ id }, { pick, amount }, context) => sessionHistory(context).topUp(id as Hex, wallet(pick), amount),
    ),
    requestClose: among(
      () => sessions("open"),
      ({ id }, _, context) => sessionHistory(context).requestClose(id as Hex),
    ),
    close: among(
      () => sessions("closing"),
      ({ id }, _, context) => sessionHistory(context).close(id as Hex),
    ),
    hold: among(meters, ({ session, available }, { amount }) => place(session, part(available, amount))),
    call: among(meters, async ({ session, available }, { pick, amount }) => {
      const held = part(available, amount);
      await captures.capture(testCall(await place(session, held), part(held, BigInt(pick))));
    }),
    settle: among(charged, ({ id, cap, charged, receipts_head }, _, context) => {
      const row = { session: id as Hex, head: receipts_head as Hex };
      const used = charged < cap ? charged : cap;
      return sessionHistory(context).settle([
        { ...row, used, reason: used === charged ? "ok" : "clamped" },
        { ...row, used, reason: "stale" },
        { session: randomHash(), used: 0n, head: randomHash(), reason: "unknown_session" },
      ]);
    }),
    release: among(offerings, async ({ consumed, released, price_per_million: price }, _, context) => {
      const due = releasedRevenue(millicredits(consumed), pricePerMillion(price));
      if (due > released) await revenueHistory(context).release();
    }),
    accrue: among(offerings, (_, { amount }, context) => revenueHistory(context).accrue(amount)),
    claimSplit: among(offerings, (_, { pick }, context) =>
      revenueHistory(context).claimSplit(pick % 2 === 0 ? "operator" : "treasury"),
    ),
    moveShares: amongHolders(({ holder, balance }, { pick, amount }, context) =>
      revenueHistory(context).moveShares(holder as Hex, wallet(pick), part(balance, amount)),
    ),
    claimShares: amongHolders(({ holder }, _, context) => revenueHistory(context).claimShares(holder as Hex)),
  };
  return (step) => steps[step.kind](step);
}
