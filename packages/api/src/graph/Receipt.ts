import { listReceipts } from "@joulemint/ledger/read/listReceipts";
import { builder } from "../builder.ts";
import { connect } from "../connect.ts";
import { found } from "../found.ts";
import { parseKey } from "../keys.ts";
import { receiptOrders } from "../orders.ts";
import { Offering, Receipt, Session, Settlement, UsageEvent } from "../refs.ts";
import { Credits, credits } from "./Amount.ts";
import { ListOrder } from "./enums.ts";

builder.node(Receipt, {
  description:
    "What the factory signs for one call. Receipts are the ledger's own: always those of now, whatever `asOf`.",
  id: { resolve: ({ id }) => id },
  loadMany: (ids, { load }) => Promise.all(ids.map(load.receipt)),
  fields: (t) => ({
    receiptId: t.exposeString("id", { description: "The UUID in the call's x-joulemint-receipt header." }),
    hash: t.expose("hash", { type: "Hex" }),
    previous: t.expose("previous", { type: "Hex", description: "Hash of the session's receipt before." }),
    sequence: t.expose("sequence", { type: "BigInt" }),
    sessionId: t.expose("session", { type: "Hex" }),
    session: t.field({
      type: Session,
      resolve: ({ session }, _, { load }) => found(load.session(session), `session ${session}`),
    }),
    offeringId: t.expose("offering", { type: "Hex" }),
    offering: t.field({
      type: Offering,
      nullable: true,
      description: "null where the chain, as of this block, does not have it.",
      resolve: ({ offering }, _, { load }) => load.offering(offering),
    }),
    receiptKey: t.expose("receiptKey", { type: "Address", description: "The key that signs it." }),
    requestHash: t.expose("requestHash", { type: "Hex", description: "SHA-256 of the caller's salt and the request." }),
    responseHash: t.expose("responseHash", { type: "Hex" }),
    rateCardHash: t.expose("rateCardHash", { type: "Hex" }),
    charge: t.field({ type: Credits, resolve: ({ charge }) => credits(charge) }),
    cumulative: t.field({
      type: Credits,
      description: "Charge of the session up to and with this receipt: what a voucher states.",
      resolve: ({ cumulative }) => credits(cumulative),
    }),
    encoded: t.expose("encoded", { type: "Hex", description: "The EIP-712 encoding that the hash is of." }),
    signed: t.boolean({ resolve: ({ signature }) => signature !== null }),
    batchRoot: t.expose("batchRoot", { type: "Hex", nullable: true }),
    proof: t.expose("proof", { type: ["Hex"], nullable: true, description: "From the hash to the batch root." }),
    signature: t.expose("signature", { type: "Hex", nullable: true, description: "Of the batch root." }),
    usageEvent: t.field({
      type: UsageEvent,
      resolve: ({ id }, _, { load }) => found(load.usageEvent(id), `usage event ${id}`),
    }),
    settlement: t.field({
      type: Settlement,
      nullable: true,
      description: "The settlement whose voucher was the first to cover this receipt; null until then.",
      resolve: async (receipt, _, { load }) => {
        const key = await load.coveringSettlement(receipt);
        return key === undefined ? null : load.settlement(key);
      },
    }),
  }),
});

const ReceiptFilter = builder.inputType("ReceiptFilter", {
  fields: (t) => ({
    session: t.field({ type: "Hex" }),
    offering: t.field({ type: "Hex" }),
    owner: t.field({ type: "Address", description: "The owner of the session." }),
    signed: t.boolean(),
    settled: t.boolean({ description: "Whether `settlement` is there." }),
  }),
});

builder.queryFields((t) => ({
  receipt: t.field({
    type: Receipt,
    nullable: true,
    args: { id: t.arg({ type: "ID", required: true, description: "Its UUID, or its node id." }) },
    resolve: (_, { id }, { load }) => load.receipt(parseKey("Receipt", id)),
  }),
  receipts: t.connection({
    type: Receipt,
    args: {
      where: t.arg({ type: ReceiptFilter }),
      orderBy: t.arg({ type: ListOrder, required: true, defaultValue: "newest" }),
    },
    resolve: (_, { where, orderBy, ...args }, { reader }) =>
      connect(args, receiptOrders[orderBy], async (page) =>
        listReceipts(
          await reader(),
          {
            session: where?.session ?? undefined,
            offering: where?.offering ?? undefined,
            owner: where?.owner ?? undefined,
            signed: where?.signed ?? undefined,
            settled: where?.settled ?? undefined,
          },
          page,
          orderBy,
        ),
      ),
  }),
}));
