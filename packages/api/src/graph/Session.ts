import { listReceipts } from "@joulemint/ledger/read/listReceipts";
import { listSessions } from "@joulemint/ledger/read/listSessions";
import type { SessionRecord } from "@joulemint/ledger/read/SessionRecord";
import { builder } from "../builder.ts";
import { connect } from "../connect.ts";
import { parseKey } from "../keys.ts";
import { receiptOrders, sessionOrders } from "../orders.ts";
import { Account, Offering, Receipt, Session } from "../refs.ts";
import { Credits, credits } from "./Amount.ts";
import { ListOrder, SessionState } from "./enums.ts";

const Voucher = builder.objectRef<SessionRecord>("Voucher").implement({
  description: "The last voucher that the session's signer gave to the factory.",
  fields: (t) => ({
    cumulative: t.field({ type: Credits, resolve: ({ voucherCumulative }) => credits(voucherCumulative ?? 0n) }),
    receiptsHead: t.expose("voucherHead", { type: "Hex", nullable: true }),
    signature: t.expose("voucherSignature", { type: "Hex", nullable: true }),
  }),
});

const metered = (amount: bigint | null) => (amount === null ? null : credits(amount));

/** What was charged and can no longer be collected: beyond the cap, and once the session is closed, beyond its use. */
const uncollectible = ({ charged, state, used, cap }: SessionRecord): bigint | null => {
  if (charged === null) return null;
  const collectible = state === "closed" ? used : cap;
  return charged > collectible ? charged - collectible : 0n;
};

builder.node(Session, {
  description:
    "Credits locked on chain under one signer with a hard cap: a prepaid meter. What the chain says is as of `asOf`; " +
    "what the meter says (charged, onHold, sequence, receiptsHead, the voucher, the receipts) is the ledger's own and " +
    "always now.",
  id: { resolve: ({ id }) => id },
  loadMany: (ids, { load }) => Promise.all(ids.map(load.session)),
  fields: (t) => ({
    sessionId: t.expose("id", { type: "Hex" }),
    offeringId: t.expose("offering", { type: "Hex" }),
    offering: t.field({
      type: Offering,
      nullable: true,
      description: "null where the chain, as of this block, does not have it.",
      resolve: ({ offering }, _, { load }) => load.offering(offering),
    }),
    owner: t.field({
      type: Account,
      nullable: true,
      description: "null, as all that only the chain says, while the session is suspended.",
      resolve: ({ owner }) => (owner === null ? null : { address: owner }),
    }),
    signer: t.expose("signer", { type: "Address", nullable: true }),
    salt: t.expose("salt", {
      type: "Hex",
      nullable: true,
      description: "What tells sessions of one owner and signer apart; the owner needs it to close.",
    }),
    state: t.expose("state", { type: SessionState }),
    closableAt: t.expose("closableAt", { type: "BigInt", nullable: true, description: "Unix seconds." }),
    openedBlock: t.expose("openedBlock", { type: "BigInt", nullable: true }),
    cap: t.field({
      type: Credits,
      description: "All that it ever held; 0 while it is suspended.",
      resolve: ({ cap }) => credits(cap),
    }),
    used: t.field({ type: Credits, description: "Settled on chain.", resolve: ({ used }) => credits(used) }),
    charged: t.field({
      type: Credits,
      nullable: true,
      description: "All receipts so far, settled ones included; null until a gateway meters the session.",
      resolve: ({ charged }) => metered(charged),
    }),
    onHold: t.field({
      type: Credits,
      nullable: true,
      description: "Reserved by calls in flight.",
      resolve: ({ held }) => metered(held),
    }),
    available: t.field({
      type: Credits,
      nullable: true,
      description: "What the next call may reserve: the cap, less what is settled or charged, less what is on hold.",
      resolve: ({ available }) => metered(available),
    }),
    uncollectible: t.field({
      type: Credits,
      nullable: true,
      description:
        "Charged, and the credits for it are gone: the operator's loss, until what was dropped is mined again.",
      resolve: (session) => metered(uncollectible(session)),
    }),
    consumerSigned: t.exposeBoolean("consumerSigned", {
      nullable: true,
      description: "Whether vouchers are signed by the consumer's own key, or by the factory's metering key.",
    }),
    sequence: t.expose("sequence", { type: "BigInt", nullable: true, description: "Of the last receipt." }),
    receiptsHead: t.expose("receiptsHead", { type: "Hex", nullable: true, description: "Hash of the last receipt." }),
    voucher: t.field({
      type: Voucher,
      nullable: true,
      resolve: (session) => (session.voucherSignature === null ? null : session),
    }),
    receipts: t.connection({
      type: Receipt,
      description: "The newest first.",
      resolve: ({ id }, args, { reader }) =>
        connect(args, receiptOrders.newest, async (page) => listReceipts(await reader(), { session: id }, page)),
    }),
  }),
});

const SessionFilter = builder.inputType("SessionFilter", {
  fields: (t) => ({
    owner: t.field({ type: "Address" }),
    offering: t.field({ type: "Hex" }),
    state: t.field({ type: SessionState }),
  }),
});

builder.queryFields((t) => ({
  session: t.field({
    type: Session,
    nullable: true,
    args: { id: t.arg({ type: "ID", required: true, description: "Its hash, or its node id." }) },
    resolve: (_, { id }, { load }) => load.session(parseKey("Session", id)),
  }),
  sessions: t.connection({
    type: Session,
    args: {
      where: t.arg({ type: SessionFilter }),
      orderBy: t.arg({ type: ListOrder, required: true, defaultValue: "newest" }),
    },
    resolve: (_, { where, orderBy, ...args }, { reader }) =>
      connect(args, sessionOrders[orderBy], async (page) =>
        listSessions(
          await reader(),
          {
            owner: where?.owner ?? undefined,
            offering: where?.offering ?? undefined,
            state: where?.state ?? undefined,
          },
          page,
          orderBy,
        ),
      ),
  }),
}));
