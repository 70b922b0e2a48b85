import { listCreditBalances } from "@joulemint/ledger/read/listCreditBalances";
import { builder } from "../builder.ts";
import { connect } from "../connect.ts";
import { found } from "../found.ts";
import { creditBalanceOrder } from "../orders.ts";
import { CreditBalance, Offering } from "../refs.ts";
import { Credits, credits } from "./Amount.ts";

builder.objectType(CreditBalance, {
  description: "Credits of one offering in a wallet.",
  fields: (t) => ({
    offering: t.field({
      type: Offering,
      resolve: ({ offering }, _, { load }) => found(load.offering(offering), `offering ${offering}`),
    }),
    owner: t.expose("owner", { type: "Address" }),
    balance: t.field({ type: Credits, resolve: ({ balance }) => credits(balance) }),
  }),
});

builder.queryField("creditBalances", (t) =>
  t.connection({
    type: CreditBalance,
    description: "Credits in wallets, by offering and owner; those in sessions are not among them.",
    resolve: (_, args, { reader }) =>
      connect(args, creditBalanceOrder, async (page) => listCreditBalances(await reader(), {}, page)),
  }),
);
