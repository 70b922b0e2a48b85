import type { Meter } from "../meters.ts";
import { rateCard } from "../RateCard.ts";
import type { TokenUsage } from "../TokenUsage.ts";
import { millicredits, type Usd, type UsdPerHour, usd } from "../units.ts";
import { chargeUsd, unitWeight, usdCharge, weightUsd } from "./dollarCredits.ts";
import { rateCall } from "./PriceBook.ts";
import type { PlanStep, PricingForm } from "./PricingForm.ts";
import { billUsd, type RatedLine, ratedLines } from "./ratedLines.ts";

/** An outcome that an agent claims: billed once accepted, held back while disputed, never billed if rejected. */
export type Outcome = { readonly id: string; readonly state: "accepted" | "disputed" | "rejected" };

/** What was done in a period, counted in every way in which it might be sold. */
export type Workload = {
  readonly calls: readonly TokenUsage[];
  readonly actions: bigint;
  /** A vendor's own credits. */
  readonly computeUnits: bigint;
  readonly computeSeconds: bigint;
  readonly conversations: bigint;
  readonly outcomes: readonly Outcome[];
  readonly workflows: bigint;
  readonly seats: bigint;
  readonly months: bigint;
};

export type RatedWorkload = {
  readonly lines: readonly RatedLine[];
  readonly revenue: Usd;
  /** What disputed outcomes would add if they were all accepted. */
  readonly disputed: Usd;
};

/** A vendor's credits, and months of a plan: the meters that a card keeps for what it does not name. */
const COMPUTE_UNIT: Meter = "spare1";
const PLAN_MONTH: Meter = "spare2";

/**
 * The bill of a workload in one form. All ten go through `rate`, the meter's own engine, on a card in dollars.
 * Throws `RangeError` for outcomes of one id and for a load that no plan of a ladder covers.
 */
export function rateWorkload(workload: Workload, form: PricingForm): RatedWorkload {
  const bill = (lines: readonly RatedLine[], disputed = usd(0)) => ({ lines, revenue: billUsd(lines), disputed });
  const one = (meter: Meter, quantity: bigint, price: Usd) => metered({ [meter]: [quantity, price] });
  switch (form.form) {
    case "token":
      return bill(workload.calls.flatMap((usage) => rateCall(usage, form.prices)));
    case "action":
      return bill(one("action", workload.actions, form.price));
    case "computeUnit":
      return bill(one(COMPUTE_UNIT, workload.computeUnits, form.price));
    case "time":
      return bill(timed(workload.computeSeconds, form.price));
    case "conversation":
      return bill(one("conversation", workload.conversations, form.price));
    case "outcome": {
      const { accepted, disputed } = countOutcomes(workload.outcomes);
      return bill(one("outcome", accepted, form.price), billUsd(one("outcome", disputed, form.price)));
    }
    case "workflow":
      return bill(one("workflow", workload.workflows, form.price));
    case "seat":
      return bill(one("seat", workload.seats * workload.months, form.monthly));
    case "tieredPlan":
      return bill(one(PLAN_MONTH, workload.months, planFor(workload, form.plans).monthly));
    case "hybrid": {
      const included = form.included * workload.months;
      const used = quantityOn(workload, form.meter);
      const beyond = used > included ? used - included : 0n;
      const lines = metered({ [PLAN_MONTH]: [workload.months, form.monthly], [form.meter]: [beyond, form.overage] });
      const { cap } = form;
      return bill(cap === null ? lines : lines.map((line) => (line.meter === form.meter ? capped(line, cap) : line)));
    }
  }
}

function metered(priced: Partial<Record<Meter, readonly [quantity: bigint, price: Usd]>>): readonly RatedLine[] {
  const entries = Object.entries(priced);
  const card = rateCard(Object.fromEntries(entries.map(([meter, [, price]]) => [meter, unitWeight(price)])));
  return ratedLines(Object.fromEntries(entries.map(([meter, [quantity]]) => [meter, quantity])), card);
}

/**
 * Seconds at the price of an hour, of which a second's is seldom a whole weight: the hour's is rated, and the charge
 * divided by the seconds in it. Rounded up to a millicredit before and after, it is rounded up once.
 */
function timed(duration: bigint, price: UsdPerHour): readonly RatedLine[] {
  const weight = unitWeight(usd(price / 3600));
  return metered({ computeSecond: [duration, usd(price)] }).map((line) => {
    const charge = millicredits((line.charge + 3599n) / 3600n);
    return { ...line, weight, unitPrice: weightUsd(weight), charge, amount: chargeUsd(charge) };
  });
}

function countOutcomes(outcomes: readonly Outcome[]): { accepted: bigint; disputed: bigint } {
  if (new Set(outcomes.map(({ id }) => id)).size < outcomes.length) throw new RangeError("an outcome is claimed twice");
  const count = (state: Outcome["state"]) => BigInt(outcomes.filter((outcome) => outcome.state === state).length);
  return { accepted: count("accepted"), disputed: count("disputed") };
}

/** The cheapest plan that covers the conversations of a month. */
function planFor({ conversations, months }: Workload, plans: readonly PlanStep[]): PlanStep {
  const fitting = plans.filter(({ upTo }) => upTo === null || conversations <= upTo * months);
  const [cheapest] = fitting.sort((a, b) => a.monthly - b.monthly);
  if (cheapest === undefined) throw new RangeError(`no plan covers ${conversations} conversations`);
  return cheapest;
}

function quantityOn(workload: Workload, meter: Meter): bigint {
  switch (meter) {
    case "action":
      return workload.actions;
    case "computeSecond":
      return workload.computeSeconds;
    case "conversation":
      return workload.conversations;
    case "outcome":
      return countOutcomes(workload.outcomes).accepted;
    case "workflow":
      return workload.workflows;
    case "seat":
      return workload.seats * workload.months;
    case "input":
    case "cachedInput":
    case "cacheWrite":
    case "output":
    case "reasoning":
      return workload.calls.reduce((sum, usage) => sum + usage[meter], 0n);
    default:
      throw new RangeError(`a workload does not count ${meter}`);
  }
}

/** The cap is on the amount: what was used beyond it still stands on the line. */
function capped(line: RatedLine, cap: Usd): RatedLine {
  const most = usdCharge(cap);
  return line.charge <= most ? line : { ...line, charge: most, amount: chargeUsd(most) };
}
