import { listClaims } from "@joulemint/ledger/read/listClaims";
import { builder } from "../builder.ts";
import { connect } from "../connect.ts";
import { found } from "../found.ts";
import { positionOrder } from "../orders.ts";
import { Claim, Model, Offering } from "../refs.ts";
import { Money, money } from "./Amount.ts";
import { ChainPosition } from "./ChainPosition.ts";
import { ClaimRole } from "./enums.ts";

builder.objectType(Claim, {
  description: "Accrued revenue that somebody took out.",
  interfaces: [ChainPosition],
  fields: (t) => ({
    role: t.expose("role", { type: ClaimRole }),
    model: t.field({ type: Model, resolve: ({ model }, _, { load }) => found(load.model(model), `model ${model}`) }),
    offering: t.field({
      type: Offering,
      nullable: true,
      description: "null for a holder, who claims from the model.",
      resolve: ({ offering }, _, { load }) => (offering === null ? null : load.offering(offering)),
    }),
    account: t.expose("account", { type: "Address", description: "Whose revenue it was." }),
    recipient: t.expose("recipient", { type: "Address" }),
    amount: t.field({
      type: Money,
      resolve: async ({ model, amount }, _, context) =>
        money(context, (await found(context.load.model(model), `model ${model}`)).paymentToken, amount),
    }),
  }),
});

builder.queryField("claims", (t) =>
  t.connection({
    type: Claim,
    description: "In the order of the chain.",
    resolve: (_, args, { reader }) =>
      connect(args, positionOrder, async (page) => listClaims(await reader(), {}, page)),
  }),
);
