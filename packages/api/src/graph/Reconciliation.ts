import { readCreditBuckets, readMoneyBuckets } from "@joulemint/ledger/read/readBuckets";
import { readReconciliation } from "@joulemint/ledger/read/readReconciliation";
import type {
  CreditBuckets as CreditBucketsRecord,
  Finding as FindingRecord,
  MoneyBuckets as MoneyBucketsRecord,
  Reconciliation as ReconciliationRecord,
} from "@joulemint/ledger/reconcile";
import { builder } from "../builder.ts";
import type { Context } from "../Context.ts";
import { found } from "../found.ts";
import { DEFAULT_LIMITS } from "../Limits.ts";
import { Model, Offering } from "../refs.ts";
import { Credits, credits, Money, money } from "./Amount.ts";

const described = (description?: string) => (description === undefined ? {} : { description });

const CreditBuckets = builder.objectRef<CreditBucketsRecord>("CreditBuckets").implement({
  description: "Where every credit of one offering is: `issued` is the sum of the others, but for `uncollectible`.",
  fields: (t) => {
    const bucket = (name: Exclude<keyof CreditBucketsRecord, "offering">, description?: string) =>
      t.field({ type: Credits, ...described(description), resolve: (row) => credits(row[name]) });
    return {
      offering: t.field({
        type: Offering,
        resolve: ({ offering }, _, { load }) => found(load.offering(offering), `offering ${offering}`),
      }),
      issued: bucket("issued"),
      inWallets: bucket("inWallets"),
      available: bucket("available", "In sessions."),
      onHold: bucket("onHold"),
      charged: bucket("charged", "Not yet settled."),
      settledWithReceipts: bucket("settledWithReceipts"),
      settledWithoutReceipts: bucket("settledWithoutReceipts", "An alarm, unless it is 0."),
      consumedByOwners: bucket("consumedByOwners", "Out of wallets; the receipt is the chain's event."),
      redeemed: bucket("redeemed"),
      uncollectible: bucket("uncollectible", "Served, and the credits are gone: the operator's loss."),
    };
  },
});

/** The ledger counts the buckets in 10^-9 of a base unit, so that nothing is floored. */
async function exactMoney(context: Context, token: string, raw: bigint) {
  const amount = await money(context, token, raw);
  return { ...amount, decimals: amount.decimals + 9 };
}

const MoneyBuckets = builder.objectRef<MoneyBucketsRecord>("MoneyBuckets").implement({
  description:
    "Where all money of one model is, in 10^-9 of a base unit: `moneyIn` is the sum of the others. By model, because " +
    "shareholders are paid by model.",
  fields: (t) => {
    const bucket = (name: Exclude<keyof MoneyBucketsRecord, "model" | "paymentToken">, description?: string) =>
      t.field({
        type: Money,
        ...described(description),
        resolve: (row, _, context) => exactMoney(context, row.paymentToken, row[name]),
      });
    return {
      model: t.field({ type: Model, resolve: ({ model }, _, { load }) => found(load.model(model), `model ${model}`) }),
      moneyIn: bucket("moneyIn"),
      escrow: bucket("escrow", "For unconsumed credits."),
      consumedNotReleased: bucket("consumedNotReleased"),
      payableOperator: bucket("payableOperator"),
      payableTreasury: bucket("payableTreasury"),
      payableHolders: bucket("payableHolders"),
      claimedOperator: bucket("claimedOperator"),
      claimedTreasury: bucket("claimedTreasury"),
      claimedHolders: bucket("claimedHolders"),
      refunded: bucket("refunded"),
      dust: bucket("dust", "Roundings: at most one base unit for each purchase, redemption and offering."),
    };
  },
});

const Finding = builder.objectRef<FindingRecord>("Finding").implement({
  description: "Two sources of one bucket that do not agree.",
  fields: (t) => ({
    bucket: t.exposeString("bucket"),
    offering: t.expose("offering", {
      type: "Hex",
      nullable: true,
      description: "null: of a model, or of the log as a whole.",
    }),
    expected: t.exposeString("expected"),
    actual: t.exposeString("actual"),
  }),
});

/** Counted when it is asked for: the buckets alone are much less work than to check every source of them. */
interface ReconciliationShape {
  readonly checked: () => Promise<ReconciliationRecord>;
}

const Reconciliation = builder.objectRef<ReconciliationShape>("Reconciliation").implement({
  description:
    "The conservation law: every credit and every base unit is in exactly one bucket, and none is a residual. The " +
    "chain's part is as of `asOf`; holds and receipts are those of now, and the law holds for any such pair.",
  fields: (t) => ({
    difference: t.string({
      description: '"0" when the law holds: the sum of all absolute differences, a decimal integer.',
      resolve: async ({ checked }) => (await checked()).difference,
    }),
    block: t.field({
      type: "BigInt",
      nullable: true,
      resolve: async (_, _args, { snapshot }) => (await snapshot.head())?.number ?? null,
    }),
    hash: t.field({
      type: "Hex",
      nullable: true,
      resolve: async (_, _args, { snapshot }) => (await snapshot.head())?.hash ?? null,
    }),
    credits: t.field({
      type: [CreditBuckets],
      description: "By offering.",
      resolve: async (_, _args, { reader }) => readCreditBuckets(await reader()),
    }),
    money: t.field({
      type: [MoneyBuckets],
      description: "By model.",
      resolve: async (_, _args, { reader }) => readMoneyBuckets(await reader()),
    }),
    findings: t.field({ type: [Finding], resolve: async ({ checked }) => [...(await checked()).findings] }),
  }),
});

builder.queryField("reconciliation", (t) =>
  t.field({
    type: Reconciliation,
    // It reads every row of the ledger: more than half of what an operation may cost, so that no operation has two.
    complexity: { field: Math.floor(DEFAULT_LIMITS.cost / 2) + 1, multiplier: 1 },
    resolve: (_, _args, { reader }) => {
      let record: Promise<ReconciliationRecord> | undefined;
      return {
        checked: () => {
          record ??= reader().then(readReconciliation);
          return record;
        },
      };
    },
  }),
);
