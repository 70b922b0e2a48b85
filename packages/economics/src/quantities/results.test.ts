import { expect, it } from "vitest";
import { checkClaim } from "./checkClaim.ts";
import { fifteenfoldHour } from "./nvidiaClaims.ts";
import { results } from "./results.ts";
import type { Sourced } from "./Sourced.ts";
import { describeResults, row } from "./testing/describeResults.ts";
import { sourced } from "./testing/sourced.ts";

describeResults({
  checkClaim: row(
    ({ claim, years }: { readonly claim: Sourced<typeof fifteenfoldHour>; readonly years: Sourced<number> }) =>
      results.checkClaim({ ...claim, unit: "claim" }, { years: { ...years, unit: "years" } }),
    { claim: fifteenfoldHour, years: 4 },
    ({ claim, years }) => checkClaim(claim, { years }),
  ),
});

it("an under-specified claim has a range over what is assumed: $75M in 3 to 5 years", () => {
  const claim = sourced(fifteenfoldHour, "claim", { asOf: "2025-10-09" });
  const years = sourced(4, "years", { confidence: "assumed", range: [3, 5] });
  const { computed, verdict, missing } = results.checkClaim(claim, { years });
  expect(computed).toMatchObject({ unit: "USD/GPU-h", confidence: "assumed", findings: [{ code: "ASSUMED" }] });
  expect(computed.range?.map((end) => Math.round((end ?? 0) * 100) / 100)).toEqual([23.78, 39.64]);
  expect(verdict.value).toBe("consistent");
  expect(missing.value).toEqual([]);
  expect(() => results.checkClaim(claim, { years: sourced(48, "months") })).toThrow("years is in months");
  expect(results.checkClaim(claim).computed).toMatchObject({ value: null, findings: [{ code: "UNDER_SPECIFIED" }] });
});
