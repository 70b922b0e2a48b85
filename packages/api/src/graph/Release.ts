import { listClaims } from "@joulemint/ledger/read/listClaims";
import { listReleases } from "@joulemint/ledger/read/listReleases";
import type { ReleaseRecord } from "@joulemint/ledger/read/readReleases";
import { builder } from "../builder.ts";
import type { Context } from "../Context.ts";
import { connect } from "../connect.ts";
import { found } from "../found.ts";
import { positionOrder } from "../orders.ts";
import { Claim, Model, Offering, Release } from "../refs.ts";
import { Money, money } from "./Amount.ts";
import { ChainPosition } from "./ChainPosition.ts";

const offeringOf = ({ offering }: ReleaseRecord, { load }: Context) =>
  found(load.offering(offering), `offering ${offering}`);

const part =
  (name: "amount" | "holders" | "treasury" | "operator") => async (release: ReleaseRecord, context: Context) =>
    money(context, (await offeringOf(release, context)).paymentToken, release[name]);

builder.objectType(Release, {
  description: "Revenue that moved from escrow into the split. The three parts sum to the amount exactly.",
  interfaces: [ChainPosition],
  fields: (t) => ({
    offering: t.field({ type: Offering, resolve: (release, _, context) => offeringOf(release, context) }),
    model: t.field({
      type: Model,
      description: "Whose shares received the holders' part.",
      resolve: async (release, _, context) => {
        const { model } = await offeringOf(release, context);
        return found(context.load.model(model), `model ${model}`);
      },
    }),
    amount: t.field({ type: Money, resolve: (release, _, context) => part("amount")(release, context) }),
    holders: t.field({ type: Money, resolve: (release, _, context) => part("holders")(release, context) }),
    treasury: t.field({ type: Money, resolve: (release, _, context) => part("treasury")(release, context) }),
    operator: t.field({ type: Money, resolve: (release, _, context) => part("operator")(release, context) }),
    claims: t.connection({
      type: Claim,
      description: "Claims after it that it could feed, in the order of the chain.",
      resolve: async (release, args, context) => {
        const { model } = await offeringOf(release, context);
        const position = [release.blockNumber, release.logIndex] as const;
        return connect(args, positionOrder, async (page) =>
          listClaims(await context.reader(), { after: { offering: release.offering, model, position } }, page),
        );
      },
    }),
  }),
});

builder.queryField("releases", (t) =>
  t.connection({
    type: Release,
    description: "In the order of the chain.",
    resolve: (_, args, { reader }) => connect(args, positionOrder, async (page) => listReleases(await reader(), page)),
  }),
);
