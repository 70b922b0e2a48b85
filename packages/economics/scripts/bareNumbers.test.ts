import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { bareNumbers } from "./bareNumbers.ts";

it("no parameter, field or item is a number of any unit, but for those that only compare, order or name one", () => {
  expect(bareNumbers(fileURLToPath(new URL("../src", import.meta.url)))).toEqual([
    // Rows, columns, bounds of fields and knots, of whatever they are of.
    "allocation/linearProgram.ts coefficients",
    "allocation/linearProgram.ts limit",
    "allocation/linearProgram.ts objective",
    "catalogue/checkRow.ts optional",
    "catalogue/checkRow.ts required",
    "finance/pricePath.ts path",
    "finance/pricePath.ts start",
    "finance/riskSummary.ts outcomes",
    "production/checkBound.ts bound",
    "production/checkBound.ts value",
    "production/monotoneSpline.ts knots",
    // Figures that carry the name of their unit beside them.
    "quantities/Claim.ts inputs",
    "quantities/Claim.ts stated",
    "quantities/Finding.ts computed",
    "quantities/Finding.ts stated",
    "quantities/Sourced.ts range",
    "quantities/Sourced.ts value",
    "quantities/quantile.ts sorted",
    "quantities/quantile.ts values",
    "quantities/restateClaim.ts inputs",
    // What gives a number its unit.
    "units.ts value",
  ]);
}, 30_000);
