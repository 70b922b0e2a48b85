import { listPurchases } from "@joulemint/ledger/read/listPurchases";
import { builder } from "../builder.ts";
import { connect } from "../connect.ts";
import { found } from "../found.ts";
import { positionOrder } from "../orders.ts";
import { Offering, Purchase } from "../refs.ts";
import { Credits, credits, Money, money } from "./Amount.ts";
import { ChainPosition } from "./ChainPosition.ts";

builder.objectType(Purchase, {
  description: "Credits that were sold.",
  interfaces: [ChainPosition],
  fields: (t) => ({
    offering: t.field({
      type: Offering,
      resolve: ({ offering }, _, { load }) => found(load.offering(offering), `offering ${offering}`),
    }),
    buyer: t.expose("buyer", { type: "Address" }),
    recipient: t.expose("recipient", { type: "Address", description: "Who they were bought for." }),
    credits: t.field({ type: Credits, resolve: (purchase) => credits(purchase.credits) }),
    cost: t.field({
      type: Money,
      resolve: async ({ offering, cost }, _, context) => {
        const { paymentToken } = await found(context.load.offering(offering), `offering ${offering}`);
        return money(context, paymentToken, cost);
      },
    }),
  }),
});

builder.queryField("purchases", (t) =>
  t.connection({
    type: Purchase,
    description: "In the order of the chain.",
    resolve: (_, args, { reader }) => connect(args, positionOrder, async (page) => listPurchases(await reader(), page)),
  }),
);
