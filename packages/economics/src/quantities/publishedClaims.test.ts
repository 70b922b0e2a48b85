import { describe, expect, it } from "vitest";
import file from "../../data/published_claims.json" with { type: "json" };
import type { Claim } from "./Claim.ts";
import { checkClaim } from "./checkClaim.ts";
import { disagreement } from "./disagreement.ts";
import * as inferencex from "./inferencexClaims.ts";
import * as nvidia from "./nvidiaClaims.ts";
import { provenanceOf } from "./provenanceOf.ts";
import { declineNet, declineRevenue, publishedClaims } from "./publishedClaims.ts";
import type { Sourced } from "./Sourced.ts";
import { solveFor } from "./solveFor.ts";

/** Table 3a of the specification: claim, figure and tolerance, which is of the computed figure. */
const table: readonly (readonly [name: string, claim: Claim, expected: number, tolerance: number])[] = [
  ["H200", nvidia.hopperCost, 4.352, 1e-3],
  ["GB300", nvidia.blackwellCost, 0.1227, 1e-3],
  ["throughput ratio", nvidia.throughputRatio, 66.7, 1e-3],
  ["ratio per megawatt, at 1.73 and 2.10 kW", nvidia.powerRatio, 54.9, 1e-3],
  ["cost ratio", nvidia.costRatio, 35.0, 1e-3],
  ...[0.161, 0.191, 0.239, 0.267].map(
    (total, index) => [`GLM-5 row ${index + 1}`, at(inferencex.totalCosts, index), total, 0.005] as const,
  ),
  ["H100 per megawatt", at(inferencex.perMegawattClaims, 0), 900_000, 1e-9],
  ["B200 per megawatt", at(inferencex.perMegawattClaims, 1), 2_800_000, 1e-9],
  ["rack hour", inferencex.rackHour, 2.12, 1e-3],
  ["NVL72 decline: revenue", declineRevenue, 26.3e6, 1e-3],
  ["NVL72 decline: net", declineNet, 22.3e6, 1e-3],
  ["fast mode: speed", inferencex.fastSpeed, 2.5, 1e-9],
  ["fast mode: price", inferencex.fastPrice, 4 / 0.56, 1e-9],
];

function at(claims: readonly Claim[], index: number): Claim {
  const found = claims[index];
  if (found === undefined) throw new Error(`no claim ${index}`);
  return found;
}

describe("table 3a", () => {
  it.each(table)("%s", (_, claim, expected, tolerance) => {
    const { computed, verdict } = checkClaim(claim);
    expect(Math.abs((computed ?? Number.NaN) / expected - 1)).toBeLessThan(tolerance);
    expect(["consistent", "rounded"]).toContain(verdict);
  });

  it.each([
    [3, 39.64],
    [4, 29.73],
    [5, 23.78],
  ])("$5M to $75M: over %d years each GPU earns $%d an hour", (years, expected) => {
    expect(checkClaim(nvidia.fifteenfoldHour, { years }).computed).toBeCloseTo(expected, 2);
    // Exactly: 75e6 / (72 x years x 8760).
    expect(checkClaim(nvidia.fifteenfoldHour, { years }).computed).toBeCloseTo(75e6 / (72 * years * 8760), 9);
  });

  it("$5M to $75M is a surface over four inputs that nobody states", () => {
    expect(checkClaim(nvidia.fifteenfold)).toMatchObject({
      verdict: "under-specified",
      computed: null,
      missing: ["throughput", "utilisation", "years", "price"],
    });
    const assumed = { throughput: 10_000, utilisation: 0.5, years: 4 };
    const price = solveFor(nvidia.fifteenfold, "price", assumed);
    // $29.73 an hour from 10,000 x 0.5 x 3600 tokens.
    expect(price).toBeCloseTo((75e6 / (72 * 4 * 8760) / (10_000 * 0.5 * 3600)) * 1e6, 6);
    expect(checkClaim(nvidia.fifteenfold, { ...assumed, price: price ?? 0 }).verdict).not.toBe("inconsistent");
  });

  it("2 cents and 60,000 tok/s are two operating points: together they need $4.32 an hour", () => {
    expect(checkClaim(nvidia.twoCents)).toMatchObject({
      verdict: "inconsistent",
      findings: [{ code: "DIFFERENT_OPERATING_POINTS" }],
    });
    expect(solveFor(nvidia.twoCents, "hour")).toBeCloseTo(4.32, 6);
    expect(solveFor(nvidia.twoCents, "throughput")).toBeCloseTo(27_083.33, 1);
  });

  it("a rack of 1.5 M tok/s is 20,833 for a GPU and 30 for a user", () => {
    const [gpu, user] = publishedClaims.filter(({ id }) => id.startsWith("NV-GPTOSS-RACK"));
    expect(gpu && checkClaim(gpu).computed).toBeCloseTo(20_833.333, 3);
    expect(user && checkClaim(user).computed).toBeCloseTo(30, 9);
  });
});

describe("every published claim", () => {
  it.each(file.claims.map(({ id }) => id))("%s is checked", (id) => {
    expect(publishedClaims.some((claim) => claim.id === id || claim.id.startsWith(`${id}/`))).toBe(true);
  });

  it("gets the verdict that its arithmetic gives", () => {
    const others = publishedClaims
      .map((claim) => [claim.id, checkClaim(claim).verdict])
      .filter(([, verdict]) => verdict !== "consistent" && verdict !== "rounded");
    expect(Object.fromEntries(others)).toEqual({
      "NV-5M-75M": "under-specified",
      "NV-5M-75M/hour": "under-specified",
      "NV-2CENTS-60K": "inconsistent",
      "NV-1MW-HOPPER": "inconsistent",
      "NV-GPTOSS-RACK/gpu": "under-specified",
      "NV-GPTOSS-RACK/user": "under-specified",
      "NV-TIERS-2026/revenue": "under-specified",
      "XCHECK-GIGAWATT/2025-08": "inconsistent",
      "XCHECK-GIGAWATT/2025-10": "inconsistent",
      "XCHECK-GIGAWATT/2026-07": "inconsistent",
      "XCHECK-PRECISION/b300-sxm/fp4": "inconsistent",
      "XCHECK-PRECISION/gb300-gpu/fp4": "inconsistent",
    });
  });

  it("says in which units it takes what it leaves out", () => {
    const silent = publishedClaims.flatMap(({ id, inputs, inputUnits = {} }) =>
      Object.keys(inputs)
        .filter((name) => inputs[name] === null && inputUnits[name] === undefined)
        .map((name) => `${id} ${name}`),
    );
    expect(silent).toEqual([]);
  });

  it("has an id of its own, a source and a unit", () => {
    const ids = publishedClaims.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { source, unit } of publishedClaims) expect(source && unit).not.toBe("");
  });
});

it("input and output with the whole machine on each are alternatives: added, they cost twice the machine", () => {
  const of = (side: string) => {
    const found = publishedClaims.find(({ id }) => id === `IX-GLM5-ROWS/b300${side}`);
    return found?.stated ?? Number.NaN;
  };
  // Nine million tokens, eight of input and one of output.
  expect((of("/in") * 8 + of("/out")) / (of("") * 9)).toBeCloseTo(2, 1);
});

it("trap 6: copies of the $75M claim name different models, so that what is made of them is of none", () => {
  const [first, second] = nvidia.fifteenfoldCopies;
  const { operatingPoint, findings } = provenanceOf({ first, second } as Record<string, Sourced<unknown>>);
  expect(operatingPoint).toEqual({ hardware: "GB200 NVL72" });
  expect(findings).toMatchObject([
    { code: "DIFFERENT_OPERATING_POINTS", message: expect.stringMatching(/DeepSeek-R1.*gpt-oss-120b/) },
  ]);
  // Their figure is one, which hides it.
  expect(disagreement("Revenue", nvidia.fifteenfoldCopies, 0)).toBeNull();
  expect(provenanceOf({ first } as Record<string, Sourced<unknown>>).findings).toEqual([]);
});
