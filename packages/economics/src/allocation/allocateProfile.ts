import { hourlySales } from "../internal/arithmetic.ts";
import {
  type PlainNumber,
  type TokensPerSecond,
  tokensPerSecond,
  type UsdPerHour,
  usdPerHour,
  type Watts,
} from "../units.ts";
import { allocateTiers, type TierAllocation, type TierOption } from "./allocateTiers.ts";
import { deadlineCapacity } from "./deadlineCapacity.ts";
import { interruptible } from "./interruptible.ts";

/** A tier that is served at once, by interval of a load profile (24 hours of a day). */
export type FirmTier = Omit<TierOption, "demand"> & { readonly demand: readonly TokensPerSecond[] };

/** A tier that lives of what firm ones leave. `demand` is steady. */
export type TroughTier = Omit<TierOption, "committed"> & {
  /** In intervals: what is accepted is done by then. `null`: served while there is room, and interrupted otherwise. */
  readonly deadline: PlainNumber | null;
};

export type ProfileAllocation = {
  readonly status: "optimal";
  /** Of the firm tiers. */
  readonly intervals: readonly TierAllocation[];
  /** What they leave, as the trough tier would use it. */
  readonly spare: readonly TokensPerSecond[];
  readonly trough: {
    /** The mean. With a deadline it is accepted steadily, and all of it is in time. */
    readonly served: TokensPerSecond;
    /** Of what was asked for. */
    readonly availability: number;
  };
  /** Of all tiers, the mean over the intervals. */
  readonly revenue: UsdPerHour;
  /** Revenue less variable cost. Dollars an hour. */
  readonly margin: number;
};

/**
 * Divides power and GPUs among firm tiers in each interval of a load profile (`allocateTiers`), and gives what they leave
 * to a tier that they pre-empt: it earns in the trough only, by a deadline (`deadlineCapacity`) or whenever there is room
 * (`interruptible`). Firm tiers come first at any price: what was sold as firm is not taken back for a better offer.
 *
 * `infeasible`: promises exceed caps or demand in some interval. Throws `RangeError` without a firm tier, for profiles of
 * different lengths, without any cap, and as the functions named do.
 */
export function allocateProfile({
  power,
  gpus,
  firm,
  trough,
  maximise,
}: {
  readonly power: Watts | null;
  readonly gpus: PlainNumber | null;
  readonly firm: readonly FirmTier[];
  readonly trough: TroughTier;
  readonly maximise: "revenue" | "margin";
}): ProfileAllocation | { readonly status: "infeasible" } {
  const length = firm[0]?.demand.length ?? 0;
  if (length === 0 || firm.some(({ demand }) => demand.length !== length)) {
    throw new RangeError("firm tiers must have a demand for each of the same intervals");
  }
  if (power === null && gpus === null) throw new RangeError("without a cap nothing is scarce, and nothing spare");
  const plans = Array.from({ length }, (_, interval) =>
    allocateTiers({
      power,
      gpus,
      maximise,
      tiers: firm.map((tier) => ({ ...tier, demand: tier.demand[interval] as TokensPerSecond })),
    }),
  );
  const intervals = plans.filter((plan) => plan.status === "optimal");
  if (intervals.length < length) return { status: "infeasible" };

  const spare = intervals.map(({ tiers }) => {
    const left = (cap: number | null, of: "power" | "gpus") =>
      cap === null ? Number.POSITIVE_INFINITY : Math.max(0, cap - tiers.reduce((sum, tier) => sum + tier[of], 0));
    const byPower = left(power, "power") * trough.tokensPerJoule;
    return tokensPerSecond(Math.min(byPower, left(gpus, "gpus") * trough.tokensPerSecondPerGpu));
  });
  const { served, availability } = inTrough(spare, trough);
  const mean = (of: "revenue" | "margin") => intervals.reduce((sum, each) => sum + each[of], 0) / length;
  return {
    status: "optimal",
    intervals,
    spare,
    trough: { served, availability },
    revenue: usdPerHour(mean("revenue") + hourlySales(served, trough.price)),
    margin: mean("margin") + hourlySales(served, trough.price - trough.variableCost),
  };
}

function inTrough(spare: readonly TokensPerSecond[], { demand, deadline }: TroughTier) {
  if (deadline === null) return interruptible(spare, demand);
  const served = tokensPerSecond(Math.min(demand, deadlineCapacity(spare, deadline)));
  return { served, availability: interruptible([served], demand).availability };
}
