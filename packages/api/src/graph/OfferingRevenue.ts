import { releasedRevenue } from "@joulemint/economics/releasedRevenue";
import { splitRevenue } from "@joulemint/economics/splitRevenue";
import { baseUnits, bps, millicredits, pricePerMillion } from "@joulemint/economics/units";
import type { OfferingRecord } from "@joulemint/ledger/read/OfferingRecord";
import { builder } from "../builder.ts";
import { Offering } from "../refs.ts";
import { Money, money } from "./Amount.ts";

interface RoleRevenueShape {
  readonly offering: OfferingRecord;
  readonly account: string;
  readonly earned: bigint;
  readonly claimed: bigint;
}

const RoleRevenue = builder.objectRef<RoleRevenueShape>("RoleRevenue").implement({
  description: "The operator's or the treasury's part of an offering's revenue.",
  fields: (t) => ({
    account: t.expose("account", { type: "Address", description: "As registered; a hand-over does not show here." }),
    earned: t.field({
      type: Money,
      resolve: ({ offering, earned }, _, context) => money(context, offering.paymentToken, earned),
    }),
    claimed: t.field({
      type: Money,
      resolve: ({ offering, claimed }, _, context) => money(context, offering.paymentToken, claimed),
    }),
    claimable: t.field({
      type: Money,
      resolve: ({ offering, earned, claimed }, _, context) => money(context, offering.paymentToken, earned - claimed),
    }),
  }),
});

const split = ({ released, holdersBps, treasuryBps }: OfferingRecord) =>
  splitRevenue(baseUnits(released), { holdersBps: bps(BigInt(holdersBps)), treasuryBps: bps(BigInt(treasuryBps)) });

builder.objectFields(Offering, (t) => ({
  released: t.field({
    type: Money,
    description: "Revenue that left escrow since the start: the three parts below sum to it exactly.",
    resolve: (offering, _, context) => money(context, offering.paymentToken, offering.released),
  }),
  releasable: t.field({
    type: Money,
    description: "Revenue of consumed credits that `release` would pay out now.",
    resolve: (offering, _, context) => {
      const due = releasedRevenue(millicredits(offering.consumed), pricePerMillion(offering.pricePerMillion));
      return money(context, offering.paymentToken, due - offering.released);
    },
  }),
  operatorRevenue: t.field({
    type: RoleRevenue,
    resolve: (offering) => ({
      offering,
      account: offering.operator,
      earned: split(offering).operator,
      claimed: offering.operatorClaimed,
    }),
  }),
  treasuryRevenue: t.field({
    type: RoleRevenue,
    resolve: (offering) => ({
      offering,
      account: offering.treasury,
      earned: split(offering).treasury,
      claimed: offering.treasuryClaimed,
    }),
  }),
  holdersRevenue: t.field({
    type: Money,
    description: "What went to the model's shares.",
    resolve: (offering, _, context) => money(context, offering.paymentToken, split(offering).holders),
  }),
}));
