import { listConsumptions } from "@joulemint/ledger/read/listConsumptions";
import { builder } from "../builder.ts";
import { connect } from "../connect.ts";
import { found } from "../found.ts";
import { positionOrder } from "../orders.ts";
import { Consumption, Offering } from "../refs.ts";
import { Credits, credits } from "./Amount.ts";
import { ChainPosition } from "./ChainPosition.ts";

builder.objectType(Consumption, {
  description: "Rights that an owner exercised out of its wallet: a licence, access to a dataset, GPU-seconds.",
  interfaces: [ChainPosition],
  fields: (t) => ({
    offering: t.field({
      type: Offering,
      resolve: ({ offering }, _, { load }) => found(load.offering(offering), `offering ${offering}`),
    }),
    owner: t.expose("owner", { type: "Address" }),
    receipt: t.expose("receipt", { type: "Hex", description: "The EIP-712 struct hash of all the rest: unique." }),
    subject: t.expose("subject", { type: "Hex", description: "What they were exercised on, as the owner says." }),
    credits: t.field({ type: Credits, resolve: (consumption) => credits(consumption.credits) }),
    sequence: t.field({
      type: Credits,
      description: "What the offering had consumed before.",
      resolve: ({ sequence }) => credits(sequence),
    }),
  }),
});

builder.queryField("consumptions", (t) =>
  t.connection({
    type: Consumption,
    description: "In the order of the chain.",
    resolve: (_, args, { reader }) =>
      connect(args, positionOrder, async (page) => listConsumptions(await reader(), page)),
  }),
);
