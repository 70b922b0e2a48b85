import { listModels } from "@joulemint/ledger/read/listModels";
import { listOfferings } from "@joulemint/ledger/read/listOfferings";
import { builder } from "../builder.ts";
import { connect } from "../connect.ts";
import { found } from "../found.ts";
import { parseKey } from "../keys.ts";
import { modelOrder, offeringOrders } from "../orders.ts";
import { Model, Offering, PaymentToken, Shares } from "../refs.ts";
import { ShareAmount, shareAmount } from "./Amount.ts";

builder.node(Model, {
  description: "Something that can be called, owned by its DAO through shares.",
  id: { resolve: ({ address }) => address },
  loadMany: (addresses, { load }) => Promise.all(addresses.map(load.model)),
  fields: (t) => ({
    address: t.expose("address", { type: "Address", description: "The model's `Shares` contract." }),
    name: t.exposeString("name"),
    symbol: t.exposeString("symbol"),
    owner: t.expose("owner", { type: "Address" }),
    paymentToken: t.field({
      type: PaymentToken,
      resolve: ({ paymentToken }, _, { load }) => found(load.paymentToken(paymentToken), `token ${paymentToken}`),
    }),
    supply: t.field({ type: ShareAmount, resolve: ({ supply, symbol }) => shareAmount(supply, symbol) }),
    shares: t.field({ type: Shares, resolve: (model) => model }),
    offerings: t.connection({
      type: Offering,
      resolve: ({ address }, args, { reader }) =>
        connect(args, offeringOrders.newest, async (page) => listOfferings(await reader(), { model: address }, page)),
    }),
  }),
});

builder.queryFields((t) => ({
  model: t.field({
    type: Model,
    nullable: true,
    args: { address: t.arg({ type: "ID", required: true, description: "Its address, or its node id." }) },
    resolve: (_, { address }, { load }) => load.model(parseKey("Model", address)),
  }),
  models: t.connection({
    type: Model,
    description: "All models by address.",
    resolve: (_, args, { reader }) => connect(args, modelOrder, async (page) => listModels(await reader(), page)),
  }),
}));
