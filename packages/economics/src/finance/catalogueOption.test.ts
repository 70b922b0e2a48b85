import { describe, expect, it } from "vitest";
import { accelerator, accelerators } from "../catalogue/accelerators.ts";
import { gpuHours } from "../catalogue/gpuHours.ts";
import { measuredYields } from "../catalogue/measuredYields.ts";
import { modelShape } from "../catalogue/modelShapes.ts";
import { tokensPerSecond, usdPerKilowattHour, usdPerMillionTokens } from "../units.ts";
import { catalogueOption, type Operation } from "./catalogueOption.ts";
import { compareHardware } from "./compareHardware.ts";

const yields = (scenario: "offline" | "server") =>
  Object.fromEntries(measuredYields("llama2-70b-99", scenario).map((one) => [one.chip, one.tokensPerSecond]));
/** 70B at fp8 on H100, 256 sequences of 1000 tokens on a group of eight. */
const operation: Operation = {
  yields: yields("server"),
  placement: {
    model: modelShape("llama-3.1-70b"),
    accelerator: accelerator("h100-sxm"),
    group: 8,
    weights: "fp8",
    cache: "fp8",
  },
  step: { batch: 256, context: 1000 },
  buyer: "neocloud",
  pue: 1.2,
};
const site = {
  load: tokensPerSecond(100_000),
  electricity: usdPerKilowattHour(0.08),
  price: usdPerMillionTokens(1),
  year: 2026,
};

describe("Hopper to Feynman on one's own load, by the catalogue's names", () => {
  const names = ["h100-sxm", "h200-sxm", "b200-sxm", "gb300-gpu", "rubin-gpu", "rubin-ultra", "feynman"];
  const rows = compareHardware(
    names.map((name) => catalogueOption(name, operation)),
    site,
  );
  const row = (name: string) => rows.find((one) => one.name === name);

  it("measured chips come as measured, at their published hour, which covers electricity", () => {
    expect(row("h100-sxm")).toMatchObject({ accelerators: Math.ceil(100_000 / 3821.062), confidence: "measured" });
    expect(row("b200-sxm")?.cost).toBeCloseTo((9 * 2.34 * 1e6) / (100_000 * 3600), 9);
    expect(row("b200-sxm")?.power).toBeCloseTo(9 * 2170, 9);
    expect(row("b200-sxm")?.findings).toEqual([]);
  });

  it("a chip that nobody measured is scaled by the roofline, and says so", () => {
    const option = catalogueOption("gb300-gpu", operation);
    // In this step memory is what limits both.
    expect(option.tokensPerSecond?.value).toBeCloseTo((3821.062 * 8) / 3.35, 6);
    expect(option.tokensPerSecond).toMatchObject({ confidence: "assumed", asOf: "2025-09-09" });
    expect(option.tokensPerSecond?.source).toContain("scaled from h100-sxm by roofline");
    expect(row("gb300-gpu")?.findings.map(({ code }) => code)).toEqual(["ASSUMED_THROUGHPUT"]);
  });

  it("Rubin's arithmetic is unknown: by memory alone, as far apart as sources are; its price is nobody's", () => {
    const { tokensPerSecond: each, power, hour } = catalogueOption("rubin-gpu", operation);
    expect(each?.source).toContain("by bandwidth");
    expect(each?.range?.map((value) => value / 3821.062)).toEqual([
      expect.closeTo(13 / 3.35 / 2, 9),
      expect.closeTo((22 / 3.35) * 2, 9),
    ]);
    // A rack of 72 takes 190 to 230 kW, and its building 1.2 times that.
    expect(power?.range?.map((value) => value / 1.2)).toEqual([
      expect.closeTo(190_000 / 72, 6),
      expect.closeTo(230_000 / 72, 6),
    ]);
    expect(hour).toBeNull();
    expect(row("rubin-gpu")).toMatchObject({ cost: null, accelerators: 4 });
  });

  it.each(["rubin-ultra", "feynman"])("of %s nothing is known but its year: no number comes out", (name) => {
    expect(row(name)).toMatchObject({ accelerators: null, hour: null, power: null, cost: null, tokensPerJoule: null });
    expect(row(name)?.findings.map(({ code }) => code)).toEqual(["NOT_YET_AVAILABLE", "UNKNOWN_FIGURES"]);
  });

  it("every chip of the catalogue is an option, and what is unknown of it comes last", () => {
    const all = compareHardware(
      accelerators.map(({ id }) => catalogueOption(id, operation)),
      site,
    );
    const known = all.map(({ cost }) => cost !== null);
    expect(known.indexOf(false)).toBe(known.lastIndexOf(true) + 1);
  });
});

it("what MLPerf measured lies in the range that the roofline gives from H100 alone, up to half of its value", () => {
  const ratios = (["offline", "server"] as const).flatMap((scenario) => {
    const { "h100-sxm": reference, ...others } = yields(scenario);
    if (reference === undefined) throw new Error("H100 was measured");
    return Object.entries(others).map(([chip, measured]) => {
      const scaled = catalogueOption(chip, { ...operation, yields: { "h100-sxm": reference } }).tokensPerSecond;
      expect(measured.value).toBeGreaterThan(scaled?.range?.[0] ?? Number.NaN);
      expect(measured.value).toBeLessThan(scaled?.range?.[1] ?? Number.NaN);
      return measured.value / (scaled?.value ?? Number.NaN);
    });
  });
  expect(ratios).toHaveLength(10);
  expect(Math.min(...ratios)).toBeCloseTo(0.51, 2);
  expect(Math.max(...ratios)).toBeCloseTo(1.39, 2);
});

it("R4: of AMD's measured machines one undercuts H100 and one does not; an ASIC without a price has no cost", () => {
  const rows = compareHardware(
    ["h100-sxm", "mi300x", "mi325x", "groq-lp30"].map((name) => catalogueOption(name, operation)),
    site,
  );
  expect(rows.map(({ name }) => name)).toEqual(["mi325x", "h100-sxm", "mi300x", "groq-lp30"]);
  for (const { name, accelerators: count, cost } of rows.slice(0, 3)) {
    const hour = gpuHours.find(({ gpu }) => name.startsWith(gpu))?.neocloud.value ?? Number.NaN;
    expect(cost).toBeCloseTo(((count ?? Number.NaN) * hour) / 360, 9);
  }
  expect(rows.at(-1)).toMatchObject({ hour: null, cost: null });
});

it("a step that does not fit into a chip's memory has no throughput there", () => {
  const large = { ...operation, step: { batch: 4000, context: 4000 } };
  expect(catalogueOption("b100-sxm", operation).tokensPerSecond).not.toBeNull();
  expect(catalogueOption("b100-sxm", large).tokensPerSecond).toBeNull();
});

it("refuses names that are in no catalogue, a reference that was not measured, and a PUE below 1", () => {
  expect(() => catalogueOption("h900", operation)).toThrow("no chip h900");
  expect(() => catalogueOption("b300-sxm", { ...operation, yields: {} })).toThrow("h100-sxm was not measured");
  expect(() => catalogueOption("h100-sxm", { ...operation, pue: 0.9 })).toThrow("PUE");
});
