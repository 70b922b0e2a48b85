import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { bareNumbers } from "./bareNumbers.ts";

it("no function takes a number of any unit, but for those that only compare, order or name one", () => {
  expect(bareNumbers(fileURLToPath(new URL("../src", import.meta.url)))).toEqual([
    // Rows, columns and knots of whatever they are of.
    "allocation/linearProgram.ts coefficients",
    "allocation/linearProgram.ts limit",
    "allocation/linearProgram.ts objective",
    "finance/pricePath.ts start",
    "production/checkBound.ts bound",
    "production/checkBound.ts value",
    "production/monotoneSpline.ts knots",
    // Figures that carry the name of their unit beside them.
    "quantities/Claim.ts stated",
    "quantities/Finding.ts computed",
    "quantities/Finding.ts stated",
    "quantities/Sourced.ts range",
    "quantities/Sourced.ts value",
    "quantities/quantile.ts values",
    // What gives a number its unit.
    "units.ts value",
  ]);
}, 30_000);
