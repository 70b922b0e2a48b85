import { listSettlements } from "@joulemint/ledger/read/listSettlements";
import { builder } from "../builder.ts";
import { connect } from "../connect.ts";
import { found } from "../found.ts";
import { positionOrder } from "../orders.ts";
import { Offering, Release, Session, Settlement, SettlementRow } from "../refs.ts";
import { formatSettlementKey } from "../settlementKey.ts";
import { Credits, credits } from "./Amount.ts";
import { ChainPosition } from "./ChainPosition.ts";
import { ListOrder, RowReason } from "./enums.ts";

builder.node(Settlement, {
  description: "Vouchers that were posted in one batch.",
  interfaces: [ChainPosition],
  id: { resolve: formatSettlementKey },
  loadMany: (keys, { load }) => Promise.all(keys.map(load.settlement)),
  fields: (t) => ({
    offering: t.field({
      type: Offering,
      resolve: ({ offering }, _, { load }) => found(load.offering(offering), `offering ${offering}`),
    }),
    submitter: t.expose("submitter", { type: "Address" }),
    receiptsRoot: t.expose("receiptsRoot", { type: "Hex" }),
    consumed: t.field({ type: Credits, resolve: ({ consumed }) => credits(consumed) }),
    rows: t.field({
      type: [SettlementRow],
      description: "Its vouchers, in the order they were posted.",
      resolve: async (settlement, _, { load }) => (await load.settlementRows(formatSettlementKey(settlement))) ?? [],
    }),
    release: t.field({
      type: Release,
      nullable: true,
      description: "The release that paid out what this settlement consumed; null until then.",
      resolve: (settlement, _, { load }) => load.release(settlement),
    }),
  }),
});

builder.objectType(SettlementRow, {
  description: "One voucher of a settlement.",
  fields: (t) => ({
    position: t.exposeInt("position"),
    session: t.field({
      type: Session,
      nullable: true,
      description: "null: there is no such session.",
      resolve: ({ session }, _, { load }) => load.session(session),
    }),
    sessionId: t.expose("session", { type: "Hex", description: "As posted, known or not." }),
    used: t.field({ type: Credits, description: "Of the session, afterwards.", resolve: ({ used }) => credits(used) }),
    consumed: t.field({
      type: Credits,
      description: "By this row; 0 when it was skipped.",
      resolve: ({ consumed }) => credits(consumed),
    }),
    receiptsHead: t.expose("receiptsHead", { type: "Hex" }),
    reason: t.expose("reason", { type: RowReason }),
  }),
});

const SettlementFilter = builder.inputType("SettlementFilter", {
  fields: (t) => ({ offering: t.field({ type: "Hex" }) }),
});

builder.queryField("settlements", (t) =>
  t.connection({
    type: Settlement,
    args: {
      where: t.arg({ type: SettlementFilter }),
      orderBy: t.arg({ type: ListOrder, required: true, defaultValue: "newest" }),
    },
    resolve: (_, { where, orderBy, ...args }, { reader }) =>
      connect(args, positionOrder, async (page) =>
        listSettlements(await reader(), { offering: where?.offering ?? undefined }, page, orderBy),
      ),
  }),
);
