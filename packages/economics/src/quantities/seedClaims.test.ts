import { describe, expect, it } from "vitest";
import file from "../../data/seed_examples.json" with { type: "json" };
import type { Claim } from "./Claim.ts";
import { checkClaim } from "./checkClaim.ts";
import * as seed from "./seedClaims.ts";
import { solveFor } from "./solveFor.ts";

const byId = (id: string): Claim => {
  const found = seed.seedClaims.find((claim) => claim.id === id);
  if (found === undefined) throw new Error(`no claim ${id}`);
  return found;
};
const codes = (claim: Claim) => checkClaim(claim).findings.map(({ code }) => code);

describe("every example of the seeds", () => {
  it.each(file.examples.map(({ id }) => id))("%s is computed", (id) => {
    expect(seed.seedClaims.some((claim) => claim.id === id || claim.id.startsWith(`${id}/`))).toBe(true);
  });

  /** The figures below a field of an example, wherever they stand in it. */
  const figures = (value: unknown): readonly number[] =>
    typeof value === "number"
      ? [value]
      : Object(value) === value
        ? Object.values(value as object).flatMap(figures)
        : [];

  it.each(file.examples.filter((example) => "inputs" in example).map((example) => [example.id, example] as const))(
    "%s is of the figures that the text states",
    (id, { inputs }) => {
      const claims = seed.seedClaims.filter((claim) => claim.id === id || claim.id.startsWith(`${id}/`));
      const used = claims.flatMap((claim) => Object.values(claim.inputs));
      expect(used).toEqual(expect.arrayContaining([...figures(inputs)]));
    },
  );

  it.each([
    ["S1-TAF-RESEARCH", ["S1-TAF-RESEARCH", "S1-TAF-RESEARCH/internal"]],
    ["S1-TAF-RANGE", ["S1-TAF-RANGE"]],
    ["S1-TRANSISTORS", ["S1-TRANSISTORS"]],
    ["S1-NVL72", ["S1-NVL72/sparse", "S1-NVL72/dense", "S1-NVL72/memory"]],
    ["S2-SPEEDUP", ["S2-SPEEDUP"]],
    ["S3-CONTEXT", ["S3-CONTEXT/100000", "S3-CONTEXT/1000000"]],
    ["S1-PRICING-COUNT", ["S1-PRICING-COUNT"]],
  ])("%s computes to what was worked out by hand beside the text", (id, claims) => {
    const example = file.examples.find((one) => one.id === id);
    const expected = figures(example?.computed);
    // FLOP/s and bytes here, there as people write them.
    const scale = new Map([
      ["FLOP/s", 1e15],
      ["B", 1e12],
    ]);
    for (const claim of claims.map(byId)) {
      const computed = (checkClaim(claim).computed ?? Number.NaN) / (scale.get(claim.unit) ?? 1);
      expect(Math.min(...expected.map((figure) => Math.abs(figure / computed - 1)))).toBeLessThan(1e-6);
    }
  });

  it("is consistent unless named here", () => {
    const others = seed.seedClaims
      .map((claim) => [claim.id, checkClaim(claim).verdict])
      .filter(([, verdict]) => verdict !== "consistent" && verdict !== "rounded");
    expect(Object.fromEntries(others)).toEqual({
      "S1-TAF-RESEARCH/internal": "inconsistent",
      "S1-TAF-CODING": "inconsistent",
      "S1-TAF-RANGE": "inconsistent",
      "S0-BLACKWELL": "inconsistent",
      "GTC2025-NVL144": "inconsistent",
      "S1-INFERENCE-DOMINATES": "under-specified",
      "S1-TRANSISTORS": "inconsistent",
      "S1-FEYNMAN": "inconsistent",
      "S1-NVL72/dense": "inconsistent",
      "S1-NVL72/memory": "inconsistent",
      "S1-NVLINK5/bandwidth": "inconsistent",
      "S1-NVLINK5/domain": "inconsistent",
      "S3-IDENTITY-UNSOLD": "inconsistent",
      "S2-SPEEDUP": "under-specified",
      "S3-TRILLION": "under-specified",
      "S1-PRICING-COUNT": "inconsistent",
      "S0-HOMONYM": "under-specified",
    });
  });
});

describe("token amplification", () => {
  it("C7: total over visible is 33.15, internal over visible 32.15: two figures that never share a name", () => {
    expect(checkClaim(seed.researchAmplification).computed).toBeCloseTo(33.15, 12);
    expect(checkClaim(seed.researchInternal).computed).toBeCloseTo(32.15, 12);
  });

  it("C8: about 33 is the total, rounded; by the text's own definition it would be 32.15", () => {
    expect(checkClaim(seed.researchAmplification)).toMatchObject({ verdict: "rounded", findings: [] });
    expect(codes(seed.researchInternal)).toEqual(["DEFINITION_DIFFERS"]);
  });

  it("C9: about 26 computes to 32.75; it needs 208,000 tokens in all, or 10,077 visible ones", () => {
    expect(checkClaim(seed.codingAmplification)).toMatchObject({
      verdict: "inconsistent",
      computed: 32.75,
      findings: [{ stated: 26, computed: 32.75 }],
    });
    // Tokens are whole, so that the visible ones come out within one.
    expect(solveFor(seed.codingAmplification, "total")).toBeCloseTo(208_000, -1);
    expect(Math.abs((solveFor(seed.codingAmplification, "visible") ?? 0) - 10_076.92)).toBeLessThan(1);
  });

  it("C10: 10 to 30 is a statement, which both examples break, and no limit of the function", () => {
    expect(checkClaim(seed.amplificationRange)).toMatchObject({ computed: 33.15, verdict: "inconsistent" });
    expect(codes(seed.amplificationRange)).toEqual(["OUTSIDE_OF_STATED_RANGE"]);
  });
});

it("C4: with 60 % sold the true profit is $0.40M, and the seed's formula claims 80 % more", () => {
  expect(checkClaim(seed.identity)).toMatchObject({ verdict: "consistent" });
  const { stated, computed } = checkClaim(seed.identityUnsold);
  expect(computed).toBeCloseTo(400_000, 6);
  expect((stated ?? 0) / (computed ?? 1)).toBeCloseTo(1.8, 9);
  expect(codes(seed.identityUnsold)).toEqual(["UNSOLD_TOKENS_COST"]);
});

describe("that inference dominates cost", () => {
  const cost = { capital: 0, energy: 100, space: 80, network: 20, staff: 200, software: 50, research: 50 };

  it("C3: is not assumed: of nobody's cost nothing follows", () => {
    expect(checkClaim(seed.inferenceDominates)).toMatchObject({ computed: null, verdict: "under-specified" });
  });

  it.each([
    ["C3: holds of a factory that pays 600 of 1,000 for compute", 500, 0.6, "rounded"],
    ["C3: and not of one whose machines are paid for", 100, 1 / 3, "inconsistent"],
  ])("%s", (_, depreciation, share, verdict) => {
    const checked = checkClaim(seed.inferenceDominates, { ...cost, depreciation });
    expect(checked).toMatchObject({ computed: expect.closeTo(share, 12), verdict });
    expect(checked.findings.some(({ code }) => code === "COMPUTE_IS_A_PART")).toBe(verdict === "inconsistent");
  });
});

it("C27: $1 trillion is cumulative demand for one vendor through 2027, and the seed leaves that out", () => {
  const { verdict, computed, missing } = checkClaim(seed.trillion);
  expect([verdict, computed]).toEqual(["under-specified", null]);
  expect(missing).toEqual([
    "raisedSince",
    "in2027",
    expect.stringContaining("cumulative"),
    expect.stringContaining("one vendor"),
  ]);
  // Half a trillion is the most that it says of 2027, and less by all that was raised of the years before.
  for (const raisedSince of [0, 0.2e12, 0.4e12]) {
    expect((solveFor(seed.trillion, "in2027", { raisedSince }) ?? 0) / 1e12).toBeCloseTo(0.5 - raisedSince / 1e12, 9);
  }
});

it("C28: from 700 to 5,000 tok/s is a factor of 7.14, of a rate that nobody names", () => {
  const { computed, verdict, missing } = checkClaim(seed.speedup);
  expect(computed).toBeCloseTo(7.142857, 6);
  expect(verdict).toBe("under-specified");
  expect(missing[0]).toContain("a user, a GPU or a provider");
});

describe("1b: what the seeds say of systems, against the catalogue", () => {
  it.each([
    ["1b GH200: in a factory of Blackwell, it and Quantum-2 are Hopper", "S0-BLACKWELL", 0, ["MIXED_GENERATIONS"]],
    ["1b Vera Rubin: NVL144 counts dies", "GTC2025-NVL144", 72, ["DIES_COUNTED"]],
    ["1b H100: 800 billion transistors are 80 billion", "S1-TRANSISTORS", 80e9, ["MISTRANSLATED"]],
    ["1b H200: 141 GB", "S1-H200/memory", 141e9, []],
    ["1b H200: 4.8 TB/s", "S1-H200/bandwidth", 4.8e12, []],
    ["1b NVLink: 1.8 TB/s is both directions", "S1-NVLINK5/bandwidth", 0.9e12, ["BOTH_DIRECTIONS_ADDED"]],
    ["1b NVLink domain: 576 is a limit, 72 ships", "S1-NVLINK5/domain", 72, ["LIMIT_IS_NOT_PRODUCT"]],
    ["1b NVL72: 1.4 EF with sparsity", "S1-NVL72/sparse", 1.44e18, []],
    ["1b NVL72: dense it is half", "S1-NVL72/dense", 0.72e18, ["SPARSE_IS_NOT_DENSE"]],
    ["1b NVL72: 30 TB is not HBM", "S1-NVL72/memory", 13.4e12, ["MEMORY_KINDS_ADDED"]],
    ["1b Rubin: 2026", "S1-FEYNMAN/rubin", 2026, []],
    ["1b Feynman: 2028", "S1-FEYNMAN", 2028, ["WRONG_YEAR"]],
  ])("%s", (_, id, computed, found) => {
    expect(checkClaim(byId(id)).computed).toBe(computed);
    expect(codes(byId(id))).toEqual(found);
  });
});
