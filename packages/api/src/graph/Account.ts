import { listClaims } from "@joulemint/ledger/read/listClaims";
import { listCreditBalances } from "@joulemint/ledger/read/listCreditBalances";
import { listHoldings } from "@joulemint/ledger/read/listHoldings";
import { listReceipts } from "@joulemint/ledger/read/listReceipts";
import { listSessions } from "@joulemint/ledger/read/listSessions";
import { builder } from "../builder.ts";
import { connect } from "../connect.ts";
import { parseKey } from "../keys.ts";
import { creditBalanceOrder, holdingOrder, positionOrder, receiptOrders, sessionOrders } from "../orders.ts";
import { Account, Claim, CreditBalance, Holding, Receipt, Session } from "../refs.ts";
import { SessionState } from "./enums.ts";

builder.node(Account, {
  description: "What one address has, in every role. Any address is an account, if only an empty one.",
  id: { resolve: ({ address }) => address },
  loadMany: async (addresses) => addresses.map((address) => ({ address })),
  fields: (t) => ({
    address: t.expose("address", { type: "Address" }),
    credits: t.connection({
      type: CreditBalance,
      description: "Credits in the wallet, by offering; those in sessions are not among them.",
      resolve: ({ address }, args, { reader }) =>
        connect(args, creditBalanceOrder, async (page) => listCreditBalances(await reader(), { owner: address }, page)),
    }),
    sessions: t.connection({
      type: Session,
      description: "Sessions that the account owns, the newest first.",
      args: { state: t.arg({ type: SessionState }) },
      resolve: ({ address }, { state, ...args }, { reader }) =>
        connect(args, sessionOrders.newest, async (page) =>
          listSessions(await reader(), { owner: address, state: state ?? undefined }, page),
        ),
    }),
    receipts: t.connection({
      type: Receipt,
      description: "Receipts of the account's sessions, the newest first.",
      resolve: ({ address }, args, { reader }) =>
        connect(args, receiptOrders.newest, async (page) => listReceipts(await reader(), { owner: address }, page)),
    }),
    shares: t.connection({
      type: Holding,
      description: "Shares and claimable revenue, by model.",
      resolve: ({ address }, args, { reader }) =>
        connect(args, holdingOrder, async (page) => listHoldings(await reader(), { holder: address }, page)),
    }),
    claims: t.connection({
      type: Claim,
      description: "What the account claimed, in the order of the chain.",
      resolve: ({ address }, args, { reader }) =>
        connect(args, positionOrder, async (page) => listClaims(await reader(), { account: address }, page)),
    }),
  }),
});

builder.queryField("account", (t) =>
  t.field({
    type: Account,
    args: { address: t.arg({ type: "ID", required: true, description: "Its address, or its node id." }) },
    resolve: (_, { address }) => ({ address: parseKey("Account", address) }),
  }),
);
