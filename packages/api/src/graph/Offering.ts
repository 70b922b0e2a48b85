import { listOfferings } from "@joulemint/ledger/read/listOfferings";
import { listSessions } from "@joulemint/ledger/read/listSessions";
import { listSettlements } from "@joulemint/ledger/read/listSettlements";
import { builder } from "../builder.ts";
import { connect } from "../connect.ts";
import { found } from "../found.ts";
import { parseKey } from "../keys.ts";
import { offeringOrders, positionOrder, sessionOrders } from "../orders.ts";
import { Model, Offering, PaymentToken, Session, Settlement } from "../refs.ts";
import { Credits, credits, Money, money } from "./Amount.ts";
import { ListOrder, Tier } from "./enums.ts";

const RateCardWeight = builder.objectRef<{ meter: string; weight: bigint }>("RateCardWeight").implement({
  fields: (t) => ({
    meter: t.exposeString("meter"),
    weight: t.expose("weight", { type: "BigInt", description: "Micro-credits for one unit of the meter." }),
  }),
});

builder.node(Offering, {
  description: "An immutable sellable right: what you bought is what you get, or you redeem it.",
  id: { resolve: ({ id }) => id },
  loadMany: (ids, { load }) => Promise.all(ids.map(load.offering)),
  fields: (t) => ({
    offeringId: t.expose("id", { type: "Hex", description: "The EIP-712 hash of its terms." }),
    model: t.field({ type: Model, resolve: ({ model }, _, { load }) => found(load.model(model), `model ${model}`) }),
    kind: t.expose("kind", { type: "Hex" }),
    termsHash: t.expose("termsHash", { type: "Hex" }),
    tier: t.expose("tier", { type: Tier }),
    paymentToken: t.field({
      type: PaymentToken,
      resolve: ({ paymentToken }, _, { load }) => found(load.paymentToken(paymentToken), `token ${paymentToken}`),
    }),
    pricePerMillion: t.field({
      type: Money,
      description: "For 1,000,000 credits.",
      resolve: (offering, _, context) => money(context, offering.paymentToken, offering.pricePerMillion),
    }),
    rateCardHash: t.expose("rateCardHash", { type: "Hex" }),
    rateCard: t.field({
      type: [RateCardWeight],
      nullable: true,
      complexity: { field: 1, multiplier: 4 },
      description: "The meters that cost something; null where this factory does not serve the offering.",
      resolve: ({ rateCard }) =>
        rateCard === null
          ? null
          : Object.entries(rateCard)
              .map(([meter, weight]) => ({ meter, weight: BigInt(weight) }))
              .filter(({ weight }) => weight > 0n),
    }),
    holdersBps: t.exposeInt("holdersBps", { description: "Basis points of revenue; the operator gets what is left." }),
    treasuryBps: t.exposeInt("treasuryBps"),
    treasury: t.expose("treasury", { type: "Address" }),
    operator: t.expose("operator", { type: "Address" }),
    sellUntil: t.expose("sellUntil", { type: "BigInt", description: "Unix seconds." }),
    exitDelay: t.exposeInt("exitDelay", { description: "Seconds from the request to close a session to its refund." }),
    expiresAt: t.expose("expiresAt", {
      type: "BigInt",
      description: "Unix seconds, after which credits can only be settled or redeemed; 0: never.",
    }),
    transferable: t.exposeBoolean("transferable", {
      description: "Whether credits may go from one wallet to another.",
    }),
    registeredBlock: t.expose("registeredBlock", { type: "BigInt" }),
    modelName: t.exposeString("modelName", {
      nullable: true,
      description: "What clients put into `model`; null where this factory does not serve the offering.",
    }),
    outstanding: t.field({
      type: Credits,
      description: "Sold, and neither consumed nor redeemed.",
      resolve: ({ outstanding }) => credits(outstanding),
    }),
    consumed: t.field({
      type: Credits,
      description: "Settled, or consumed by their owners, since the start.",
      resolve: ({ consumed }) => credits(consumed),
    }),
    sessions: t.connection({
      type: Session,
      description: "The newest first.",
      resolve: ({ id }, args, { reader }) =>
        connect(args, sessionOrders.newest, async (page) => listSessions(await reader(), { offering: id }, page)),
    }),
    settlements: t.connection({
      type: Settlement,
      description: "The newest first.",
      resolve: ({ id }, args, { reader }) =>
        connect(args, positionOrder, async (page) => listSettlements(await reader(), { offering: id }, page)),
    }),
  }),
});

const OfferingFilter = builder.inputType("OfferingFilter", {
  fields: (t) => ({ model: t.field({ type: "Address" }), operator: t.field({ type: "Address" }) }),
});

builder.queryFields((t) => ({
  offering: t.field({
    type: Offering,
    nullable: true,
    args: { id: t.arg({ type: "ID", required: true, description: "Its hash, or its node id." }) },
    resolve: (_, { id }, { load }) => load.offering(parseKey("Offering", id)),
  }),
  offerings: t.connection({
    type: Offering,
    args: {
      where: t.arg({ type: OfferingFilter }),
      orderBy: t.arg({ type: ListOrder, required: true, defaultValue: "newest" }),
    },
    resolve: (_, { where, orderBy, ...args }, { reader }) =>
      connect(args, offeringOrders[orderBy], async (page) =>
        listOfferings(
          await reader(),
          { model: where?.model ?? undefined, operator: where?.operator ?? undefined },
          page,
          orderBy,
        ),
      ),
  }),
}));
