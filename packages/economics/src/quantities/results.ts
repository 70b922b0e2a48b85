import { allocationResults } from "./allocationResults.ts";
import type { Claim } from "./Claim.ts";
import { checkClaim } from "./checkClaim.ts";
import { costResults } from "./costResults.ts";
import { financeResults } from "./financeResults.ts";
import { productionResults } from "./productionResults.ts";
import { resultOf } from "./resultOf.ts";
import { revenueResults } from "./revenueResults.ts";
import type { Sourced } from "./Sourced.ts";

/**
 * The package's formulas as results: of sourced inputs, by name. What is chosen rather than known (what to maximise, a
 * seed) is an argument before them.
 */
export const results = {
  ...productionResults,
  ...costResults,
  ...revenueResults,
  ...allocationResults,
  ...financeResults,
  checkClaim: <Input extends string>(
    claim: Sourced<Claim<Input>>,
    assumptions: Partial<Readonly<Record<NoInfer<Input>, Sourced<number>>>> = {},
  ) => {
    const { unit, inputUnits = {} } = claim.value;
    // Where a claim does not say in which unit it takes an input, the assumption's own stands.
    const units = Object.fromEntries(
      Object.entries<Sourced<number> | undefined>(assumptions).map(([name, input]) => [
        name,
        (inputUnits as Readonly<Record<string, string>>)[name] ?? input?.unit ?? "1",
      ]),
    );
    const check = resultOf(
      ({ claim: of, ...assumed }: { readonly claim: Claim<Input> }) => checkClaim(of, assumed),
      { stated: unit, computed: unit, verdict: "word", missing: "words" },
      { ...units, claim: "claim" },
    );
    return check({ ...assumptions, claim });
  },
};
