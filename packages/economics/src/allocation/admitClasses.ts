import { positive } from "../internal/checked.ts";
import { erlangB } from "../production/erlangB.ts";
import { type PlainNumber, type RequestsPerSecond, type Seconds, type UsdPerHour, usdPerHour } from "../units.ts";
import { solveLinearProgram } from "./linearProgram.ts";

/** Calls that take a place for as long as they last and then give it back. */
export interface CallClass {
  readonly name: string;
  /** What a place brings while such a call has it. */
  readonly rate: UsdPerHour;
  /** Independent of each other (Poisson). */
  readonly arrivals: RequestsPerSecond;
  /** The mean; any distribution. */
  readonly duration: Seconds;
}

export interface Admission {
  readonly classes: readonly {
    readonly name: string;
    /** The share of its calls that may come in if a place is free; which ones is drawn. */
    readonly admitted: number;
  }[];
  /** No policy, however clever, brings more than this. */
  readonly upperBound: UsdPerHour;
  /** What this one brings: at least `guarantee` of the bound, which is never below 1/2. */
  readonly revenue: UsdPerHour;
  /** The share of calls that may come in and find no place. */
  readonly blocked: number;
  readonly guarantee: number;
  /** What one more place would add to the bound. */
  readonly perPlace: UsdPerHour;
}

/**
 * Which classes of calls to let in to `places` that are used again and again: the class selection policy of Levi and
 * Radovanovic (Operations Research 58(2), 2010, doi 10.1287/opre.1090.0714). A linear program divides the places as if
 * calls came evenly; its value bounds every policy, and its shares are admitted as long as a place is free. What that
 * loses is Erlang's blocking at no more than a full load.
 *
 * The order of classes makes no difference, nor does a class that brings nothing. Throws `RangeError` for places that are
 * no whole number above 0, arrivals or durations that are not above 0, and two classes of one name.
 */
export function admitClasses(places: PlainNumber, classes: readonly CallClass[]): Admission {
  if (new Set(classes.map(({ name }) => name)).size < classes.length) throw new RangeError("two classes have one name");
  const ordered = [...classes].sort((a, b) => (a.name < b.name ? -1 : 1));
  const offered = ordered.map(
    ({ arrivals, duration }) => positive(arrivals, "arrivals") * positive(duration, "duration"),
  );
  const guarantee = 1 - erlangB(places, places);
  // Every class is bounded by what it offers, so there is an optimum.
  const solution = solveLinearProgram({
    objective: ordered.map(({ rate }) => rate),
    rows: [
      { coefficients: ordered.map(() => 1), limit: places },
      ...offered.map((limit, i) => ({ coefficients: offered.map((_, j) => (i === j ? 1 : 0)), limit })),
    ],
  });
  if (solution.status !== "optimal") throw new RangeError(`the classes have no optimum: ${solution.status}`);
  const blocked = erlangB(
    places,
    Math.min(
      places,
      solution.x.reduce((sum, busy) => sum + busy, 0),
    ),
  );
  return {
    classes: ordered.map(({ name }, i) => ({ name, admitted: (solution.x[i] as number) / (offered[i] as number) })),
    upperBound: usdPerHour(solution.value),
    revenue: usdPerHour(solution.value * (1 - blocked)),
    blocked,
    guarantee,
    perPlace: usdPerHour(solution.shadowPrices[0] as number),
  };
}
