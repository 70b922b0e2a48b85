import { within } from "../internal/checked.ts";
import { type Claim, claim } from "./Claim.ts";
import { catalogueClaims } from "./catalogueClaims.ts";
import { tokenRevenue } from "./claimForms.ts";
import { inferencexClaims } from "./inferencexClaims.ts";
import { nvidiaClaims } from "./nvidiaClaims.ts";

const decline = { throughput: 1.5e6, price: 0.4, factor: 0.3, years: 3 };
/** Whole years are summed one by one; a machine does not last as many. */
const MOST_YEARS = 100;
const decliningRevenue = ({
  throughput,
  price,
  factor,
  years,
}: Readonly<Record<keyof typeof decline, number>>): number =>
  Array.from({ length: within(years, 0, MOST_YEARS, "years") }, (_, year) =>
    tokenRevenue({ gpus: 1, throughput, utilisation: 1, years: 1, price: price * factor ** year }),
  ).reduce((sum, revenue) => sum + revenue, 0);

export const declineRevenue = claim({
  id: "X-RACK-DECLINE/revenue",
  source: "analyst post 2025-10",
  statement: "Almost $26M in three years, at a price that falls to 0.3 of itself each year.",
  stated: 26e6,
  unit: "USD",
  tolerance: 0.02,
  inputs: decline,
  compute: decliningRevenue,
});

export const declineNet = claim({
  id: "X-RACK-DECLINE/net",
  source: "analyst post 2025-10",
  statement: "$22M beyond the $4M of the rack.",
  stated: 22e6,
  unit: "USD",
  tolerance: 0.02,
  inputs: { ...decline, rack: 4e6 },
  compute: ({ rack, ...rest }) => decliningRevenue(rest) - rack,
});

/**
 * Claims of vendors and analysts with enough arithmetic to check (`data/published_claims.json` has all that they
 * print), and the catalogue against itself.
 */
export const publishedClaims: readonly Claim[] = [
  ...nvidiaClaims,
  ...inferencexClaims,
  declineRevenue,
  declineNet,
  ...catalogueClaims,
];
