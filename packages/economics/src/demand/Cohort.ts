import {
  type Fraction,
  fraction,
  type PlainNumber,
  type RequestsPerSecond,
  requestsPerSecond,
  type TokensPerSecond,
  tokensPerSecond,
  type Years,
} from "../units.ts";
import { type Growth, grown } from "./growth.ts";

/** Humans or agents that work alike. Demand = actors x tasks x calls x tokens x amplification. */
export type Cohort = {
  readonly name: string;
  readonly kind: "human" | "agent";
  readonly actors: PlainNumber;
  readonly growth: Growth;
  readonly tasksPerDay: PlainNumber;
  /** Calls that an actor makes for a task, as it sees them; those that they cause are in the amplification. */
  readonly callsPerTask: PlainNumber;
  /** Visible tokens of a call. */
  readonly tokensPerCall: PlainNumber;
  /** All tokens over visible ones (`taskAmplification`): at least 1. */
  readonly amplification: PlainNumber;
};

export type CohortDemand = {
  readonly name: string;
  readonly kind: Cohort["kind"];
  readonly actors: PlainNumber;
  readonly callsPerSecond: RequestsPerSecond;
  readonly demand: TokensPerSecond;
  /** The product with all its factors: none of them bounds anything alone. */
  readonly bound: string;
};

/** One stream of arrivals: independent streams add up, whoever sends them. */
export type Demand = {
  readonly callsPerSecond: RequestsPerSecond;
  readonly demand: TokensPerSecond;
  /** The agents' part of the tokens; `null` without demand. */
  readonly agentShare: Fraction | null;
  readonly cohorts: readonly CohortDemand[];
};

const SECONDS_PER_DAY = 86_400;

/**
 * What cohorts ask for after `years`, on average over a day. Cohorts are reported in the order of their names.
 * Throws `RangeError` for factors that are negative and for an amplification below 1.
 */
export function demandOf(cohorts: readonly Cohort[], years: Years): Demand {
  const each = [...cohorts].sort((a, b) => (a.name < b.name ? -1 : 1)).map((cohort) => demandOfCohort(cohort, years));
  const total = each.reduce((sum, { demand }) => sum + demand, 0);
  const agents = each.reduce((sum, { kind, demand }) => sum + (kind === "agent" ? demand : 0), 0);
  return {
    callsPerSecond: requestsPerSecond(each.reduce((sum, { callsPerSecond }) => sum + callsPerSecond, 0)),
    demand: tokensPerSecond(total),
    agentShare: total === 0 ? null : fraction(agents / total),
    cohorts: each,
  };
}

function demandOfCohort(cohort: Cohort, years: Years): CohortDemand {
  const { name, kind, tasksPerDay, callsPerTask, tokensPerCall, amplification } = cohort;
  for (const [factor, value] of Object.entries({ actors: cohort.actors, tasksPerDay, callsPerTask, tokensPerCall })) {
    if (!(value >= 0)) throw new RangeError(`${factor} of ${name} must not be negative, got ${value}`);
  }
  if (!(amplification >= 1)) throw new RangeError(`amplification of ${name} must be at least 1, got ${amplification}`);
  const actors = grown(cohort.actors, cohort.growth, years);
  const callsPerDay = actors * tasksPerDay * callsPerTask;
  const tokensPerDay = callsPerDay * tokensPerCall * amplification;
  const bound =
    `${actors} ${kind}s x ${tasksPerDay} tasks/day x ${callsPerTask} calls/task x ${tokensPerCall} tokens/call ` +
    `x ${amplification} = ${tokensPerDay} tokens/day`;
  return {
    name,
    kind,
    actors,
    callsPerSecond: requestsPerSecond(callsPerDay / SECONDS_PER_DAY),
    demand: tokensPerSecond(tokensPerDay / SECONDS_PER_DAY),
    bound,
  };
}
