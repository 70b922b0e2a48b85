import { describe, expect, it } from "vitest";
import { accelerator, accelerators } from "../catalogue/accelerators.ts";
import { gpuHour } from "../catalogue/gpuHours.ts";
import { measuredYields } from "../catalogue/measuredYields.ts";
import { computeSystem, systems } from "../catalogue/systems.ts";
import { checkBound } from "../production/checkBound.ts";
import { ridgePoint } from "../production/ridgePoint.ts";
import type { Claim } from "./Claim.ts";
import { catalogueClaims } from "./catalogueClaims.ts";
import { checkClaim } from "./checkClaim.ts";
import { solveFor } from "./solveFor.ts";

const byId = (id: string): Claim => {
  const found = catalogueClaims.find((claim) => claim.id === `XCHECK-${id}`);
  if (found === undefined) throw new Error(`no claim ${id}`);
  return found;
};

describe("1b: a system is what its accelerators make, each by its own source", () => {
  it.each([
    ["1b H100: eight hold what a DGX H100 does", "dgx-h100/memory", 640e9],
    ["1b B200: eight hold what a DGX B200 does", "dgx-b200/memory", 1.44e12],
    ["1b B200: eight make what a DGX B200 does, dense", "dgx-b200/fp4", 72e15],
    ["1b B200: eight read what a DGX B200 does", "dgx-b200/bandwidth", 64e12],
    ["1b NVLink: eight links of 0.9 TB/s one way", "dgx-b200/link", 7.2e12],
    ["1b GB200: 72 hold what the rack does", "gb200-nvl72/memory", 13.392e12],
    ["1b GB200: 72 read what the rack does", "gb200-nvl72/bandwidth", 576e12],
    ["1b NVL72: 72 make what the rack does, dense", "gb200-nvl72/fp4", 720e15],
    ["1b NVLink domain: 72 links, not 576", "gb200-nvl72/link", 64.8e12],
    ["1b Vera Rubin: 72 hold what the rack does", "vr-nvl72/memory", 20.736e12],
    ["1b Rubin: 72 make what the vendor prints of the rack", "vr-nvl72/fp4-vendor", 3600e15],
  ])("%s", (_, id, expected) => {
    const { computed, verdict, findings } = checkClaim(byId(`PARTS/${id}`));
    expect((computed ?? Number.NaN) / expected).toBeCloseTo(1, 12);
    expect(["consistent", "rounded"]).toContain(verdict);
    expect(findings).toEqual([]);
  });

  it("1b NVL72: 1.44 EF are twice what its chips make: sparsity", () => {
    const { fp4Sparse } = computeSystem("gb200-nvl72");
    expect((fp4Sparse?.value ?? 0) / (checkClaim(byId("PARTS/gb200-nvl72/fp4")).computed ?? 1)).toBeCloseTo(2, 12);
  });

  it("the accelerators of a system take a part of its power, and leave room for the rest", () => {
    const powered = systems.flatMap(({ id, chip, accelerators: count, power }) => {
      const each = accelerator(chip).designPower;
      return each === null || count === null || power === null ? [] : [{ id, value: count.value * each.value, power }];
    });
    expect(powered.map(({ id }) => id)).toEqual(["dgx-h100", "dgx-b200", "gb200-nvl72", "gb300-nvl72", "vr-nvl72"]);
    for (const { id, value, power } of powered) {
      expect(checkBound("measurement", { what: id, value, bound: power.value })).toEqual([]);
      expect(value / power.value).toBeGreaterThan(0.5);
    }
  });

  it.each([
    ["1b H100: what the utility provides for one is more than it draws", "h100-sxm", "h100"],
    ["1b H200: what the utility provides for one is more than it draws", "h200-sxm", "h200"],
    ["1b B200: what the utility provides for one is more than it draws", "b200-sxm", "b200"],
    ["1b GB200: what the utility provides for one is more than it draws", "gb200-gpu", "gb200"],
  ])("%s", (_, chip, gpu) => {
    const overhead = gpuHour(gpu).allInPower.value / (accelerator(chip).designPower?.value ?? Number.NaN);
    expect(overhead).toBeGreaterThan(1.5);
    expect(overhead).toBeLessThan(2.5);
  });
});

describe("1b: a chip beside the ones that it is compared with", () => {
  it.each([
    ["1b H100: 295 FLOP for each byte at bf16", "h100-sxm", "bf16", 295],
    ["1b H200: the same arithmetic over more bandwidth", "h200-sxm", "bf16", 206],
    ["1b B100: 875 FLOP for each byte at fp4", "b100-sxm", "fp4", 875],
    ["1b B200: 1,125 FLOP for each byte at fp4", "b200-sxm", "fp4", 1125],
  ] as const)("%s", (_, chip, precision, expected) => {
    expect(Math.round(ridgePoint(accelerator(chip), precision) ?? 0)).toBe(expected);
  });

  it("1b H200: measured, it gains on H100 no more than its bandwidth", () => {
    const [h100, h200] = ["h100-sxm", "h200-sxm"].map((id) => {
      const made = measuredYields("llama2-70b-99", "offline").find(({ chip }) => chip === id)?.tokensPerSecond.value;
      return { made: made ?? Number.NaN, bandwidth: accelerator(id).bandwidth?.value ?? Number.NaN };
    });
    if (h100 === undefined || h200 === undefined) throw new Error("both were measured");
    expect(h200.made / h100.made).toBeGreaterThan(1);
    expect(h200.made / h100.made).toBeLessThan(h200.bandwidth / h100.bandwidth);
  });

  it("1b B100: B200's silicon at H100's power", () => {
    const [b100, b200, h100] = ["b100-sxm", "b200-sxm", "h100-sxm"].map(accelerator);
    expect(b100?.transistors?.value).toBe(b200?.transistors?.value);
    expect(b100?.designPower?.value).toBe(h100?.designPower?.value);
  });

  it("half the bits are twice the FLOP/s, but not at fp4 of Blackwell Ultra: a finding", () => {
    const found = catalogueClaims
      .filter(({ id }) => id.startsWith("XCHECK-PRECISION/"))
      .map((claim) => [claim.id.slice("XCHECK-PRECISION/".length), checkClaim(claim)] as const);
    expect(found.length).toBeGreaterThan(accelerators.length / 2);
    expect(found.flatMap(([id, { findings }]) => findings.map(({ code }) => `${id} ${code}`))).toEqual([
      "b300-sxm/fp4 NOT_TWICE",
      "gb300-gpu/fp4 NOT_TWICE",
    ]);
  });
});

describe("trap 9: a rack of $5.9M with its hall, at the 151 kW that the utility provides for it", () => {
  it("is $3.4M of machines and $2.5M around them", () => {
    expect(checkClaim(byId("RACK-ALL-IN"))).toMatchObject({ computed: 5.9e6, verdict: "consistent" });
  });

  it.each([
    ["2025-10", 35e9, "inconsistent"],
    ["2025-08", 50e9, "inconsistent"],
    ["2026-03", 40e9, "rounded"],
    ["2026-07", 80e9, "inconsistent"],
  ])("makes $39 billion a gigawatt: what was said in %s, $%d, is %s", (date, stated, verdict) => {
    const checked = checkClaim(byId(`GIGAWATT/${date}`));
    expect(checked.computed).toBeCloseTo((5.9e6 / (72 * 2100)) * 1e9, 3);
    expect(checked).toMatchObject({ stated, verdict });
  });

  it("and the same analyst's $35 billion hold at 2.34 kW for each accelerator", () => {
    expect(solveFor(byId("GIGAWATT/2025-10"), "watts")).toBeCloseTo(5.9e6 / 72 / 35, 6);
  });
});
