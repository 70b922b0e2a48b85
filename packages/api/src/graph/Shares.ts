import { earned, revenuePerShare } from "@joulemint/economics/shareRevenue";
import { baseUnits, shareUnits } from "@joulemint/economics/units";
import { listHoldings } from "@joulemint/ledger/read/listHoldings";
import { builder } from "../builder.ts";
import { connect } from "../connect.ts";
import { found } from "../found.ts";
import { parseKey } from "../keys.ts";
import { holdingOrder } from "../orders.ts";
import { Holding, Model, Shares } from "../refs.ts";
import { Money, money, ShareAmount, shareAmount } from "./Amount.ts";

builder.objectType(Shares, {
  description: "A model's shares: what they received, and who holds them.",
  fields: (t) => ({
    model: t.field({ type: Model, resolve: (model) => model }),
    supply: t.field({ type: ShareAmount, resolve: ({ supply, symbol }) => shareAmount(supply, symbol) }),
    lifetimeRevenue: t.field({
      type: Money,
      resolve: (model, _, context) => money(context, model.paymentToken, model.lifetimeRevenue),
    }),
    claimedRevenue: t.field({
      type: Money,
      resolve: (model, _, context) => money(context, model.paymentToken, model.claimedRevenue),
    }),
    unclaimedRevenue: t.field({
      type: Money,
      description: "Received and not yet claimed, the holders' dust included.",
      resolve: (model, _, context) => money(context, model.paymentToken, model.lifetimeRevenue - model.claimedRevenue),
    }),
    holders: t.connection({
      type: Holding,
      description: "Everybody who ever held a share, by address: revenue earned before a sale stays the seller's.",
      resolve: ({ address }, args, { reader }) =>
        connect(args, holdingOrder, async (page) => listHoldings(await reader(), { model: address }, page)),
    }),
  }),
});

builder.objectType(Holding, {
  description: "One holder's shares of one model.",
  fields: (t) => ({
    model: t.field({ type: Model, resolve: ({ model }, _, { load }) => found(load.model(model), `model ${model}`) }),
    holder: t.expose("holder", { type: "Address" }),
    balance: t.field({
      type: ShareAmount,
      resolve: async ({ model, balance }, _, { load }) =>
        shareAmount(balance, (await found(load.model(model), `model ${model}`)).symbol),
    }),
    claimed: t.field({
      type: Money,
      resolve: async ({ model, claimed }, _, context) =>
        money(context, (await found(context.load.model(model), `model ${model}`)).paymentToken, claimed),
    }),
    claimable: t.field({
      type: Money,
      description: "What `claim` would pay now.",
      resolve: async ({ model: address, balance, correction }, _, context) => {
        const model = await found(context.load.model(address), `model ${address}`);
        const perShare = revenuePerShare(baseUnits(model.lifetimeRevenue), shareUnits(model.supply));
        return money(context, model.paymentToken, earned({ balance: shareUnits(balance), correction }, perShare));
      },
    }),
  }),
});

builder.queryFields((t) => ({
  shares: t.field({
    type: Shares,
    nullable: true,
    args: { model: t.arg({ type: "ID", required: true, description: "The model's address, or its node id." }) },
    resolve: (_, { model }, { load }) => load.model(parseKey("Model", model)),
  }),
  holdings: t.connection({
    type: Holding,
    description: "Of everybody who ever held a share, by model and holder.",
    resolve: (_, args, { reader }) =>
      connect(args, holdingOrder, async (page) => listHoldings(await reader(), {}, page)),
  }),
}));
