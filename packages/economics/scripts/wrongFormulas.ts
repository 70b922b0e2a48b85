import type { WrongFormula } from "./WrongFormula.ts";
import { allocation } from "./wrong/allocation.ts";
import { cost } from "./wrong/cost.ts";
import { demand } from "./wrong/demand.ts";
import { finance } from "./wrong/finance.ts";
import { money } from "./wrong/money.ts";
import { production } from "./wrong/production.ts";
import { readings } from "./wrong/readings.ts";
import { results } from "./wrong/results.ts";
import { revenue } from "./wrong/revenue.ts";

/** By what they get wrong, in the order in which they are tried. */
export const WRONG_FORMULAS: readonly WrongFormula[] = [
  ...money,
  ...finance,
  ...production,
  ...cost,
  ...allocation,
  ...revenue,
  ...demand,
  ...results,
  ...readings,
];
