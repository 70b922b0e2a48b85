import { describe, expect, it } from "vitest";
import { checkClaim } from "./checkClaim.ts";
import { fifteenfold, twoCents } from "./nvidiaClaims.ts";
import { restateClaim } from "./restateClaim.ts";

// $3.60 for an hour of 1000 tokens a second, 3.6 million of them: $1 for a million.
const inputs = { hour: 3.6, throughput: 1000 };

describe("a claim restated", () => {
  it.each([
    [1, inputs, "consistent", 1],
    [1.05, inputs, "rounded", 1],
    [2, inputs, "inconsistent", 1],
    [null, inputs, "consistent", 1],
    [1, { hour: 3.6 }, "under-specified", null],
  ])("%s of %j is %s", (stated, given, verdict, computed) => {
    const result = checkClaim(restateClaim(twoCents, { stated, tolerance: 0.1, inputs: given }));
    expect(result).toMatchObject({ stated, verdict, computed });
  });

  it("does not repeat why the publication's own figures differ", () => {
    const { findings } = checkClaim(restateClaim(twoCents, { stated: 2, tolerance: 0, inputs }));
    expect(findings.map(({ code }) => code)).toEqual(["STATED_IS_NOT_COMPUTED"]);
  });

  it("takes its inputs in the same units", () => {
    const { inputUnits } = restateClaim(fifteenfold, { stated: null, tolerance: 0, inputs: {} });
    expect(inputUnits).toEqual({ throughput: "tok/s", utilisation: "1", years: "years", price: "USD/M tokens" });
  });

  it("refuses an input that the formula does not have", () => {
    expect(() => restateClaim(twoCents, { stated: 1, tolerance: 0, inputs: { hours: 1 } })).toThrow(RangeError);
  });
});
