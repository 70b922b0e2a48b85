import { listRedemptions } from "@joulemint/ledger/read/listRedemptions";
import { builder } from "../builder.ts";
import { connect } from "../connect.ts";
import { found } from "../found.ts";
import { positionOrder } from "../orders.ts";
import { Offering, Redemption } from "../refs.ts";
import { Credits, credits, Money, money } from "./Amount.ts";
import { ChainPosition } from "./ChainPosition.ts";

builder.objectType(Redemption, {
  description: "Credits that were given back for what they had cost.",
  interfaces: [ChainPosition],
  fields: (t) => ({
    offering: t.field({
      type: Offering,
      resolve: ({ offering }, _, { load }) => found(load.offering(offering), `offering ${offering}`),
    }),
    sessionId: t.expose("session", {
      type: "Hex",
      nullable: true,
      description: "The session that was closed; null for credits of a wallet.",
    }),
    owner: t.expose("owner", { type: "Address" }),
    recipient: t.expose("recipient", { type: "Address" }),
    credits: t.field({ type: Credits, resolve: (redemption) => credits(redemption.credits) }),
    amount: t.field({
      type: Money,
      resolve: async ({ offering, amount }, _, context) => {
        const { paymentToken } = await found(context.load.offering(offering), `offering ${offering}`);
        return money(context, paymentToken, amount);
      },
    }),
  }),
});

builder.queryField("redemptions", (t) =>
  t.connection({
    type: Redemption,
    description: "In the order of the chain.",
    resolve: (_, args, { reader }) =>
      connect(args, positionOrder, async (page) => listRedemptions(await reader(), page)),
  }),
);
