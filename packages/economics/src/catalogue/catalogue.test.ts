import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type CostStack, computeShare, totalCost } from "../cost/CostStack.ts";
import { costPerMillion } from "../cost/costPerMillion.ts";
import { type GpuHourInput, gpuHourCost } from "../cost/gpuHourCost.ts";
import { checkClaim } from "../quantities/checkClaim.ts";
import { rubinRack } from "../quantities/systemClaims.ts";
import { fraction, tokensPerSecond, usd, usdPerHour, usdPerKilowattHour, usdPerYear, watts, years } from "../units.ts";
import { accelerator, accelerators } from "./accelerators.ts";
import { addProduct } from "./addProduct.ts";
import { electricityPrice, electricityPrices } from "./electricityPrices.ts";
import { electricityRow } from "./electricityRow.ts";
import { gpuHour, gpuHours } from "./gpuHours.ts";
import { modelShape } from "./modelShapes.ts";
import { namedProduct } from "./namedProducts.ts";
import { parseTable } from "./parseTable.ts";
import { computeSystem, systems } from "./systems.ts";

describe("1b: the catalogue holds every system that the seeds name", () => {
  it.each([
    ["1b H100: memory, bandwidth and power, each with its source", "h100-sxm", 80, 3.35, 700],
    ["1b H200: memory, bandwidth and power, each with its source", "h200-sxm", 141, 4.8, 700],
    ["1b B100: memory, bandwidth and power, each with its source", "b100-sxm", 192, 8, 700],
    ["1b B200: memory, bandwidth and power, each with its source", "b200-sxm", 180, 8, 1000],
    ["1b GB200: memory, bandwidth and power, each with its source", "gb200-gpu", 186, 8, 1200],
    ["1b Vera Rubin: memory, bandwidth and power, each with its source", "rubin-gpu", 288, 22, 1800],
  ])("%s: %s, %d GB, %d TB/s, %d W", (_, id, gigabytes, terabytesPerSecond, power) => {
    const { memory, bandwidth, designPower } = accelerator(id);
    for (const figure of [memory, bandwidth, designPower]) expect(figure?.source).toMatch(/./);
    expect([memory?.value, bandwidth?.value, designPower?.value]).toEqual([
      gigabytes * 1e9,
      terabytesPerSecond * 1e12,
      power,
    ]);
  });

  it("1b B200: 180 GB usable of 192 GB", () => {
    expect(accelerator("b200-sxm").memory?.range).toEqual([180e9, 192e9]);
  });

  it("1b B200: 9 PF at FP4 dense from 208 billion transistors", () => {
    const { flops, transistors } = accelerator("b200-sxm");
    expect([flops.fp4?.value, transistors?.value]).toEqual([9e15, 208e9]);
  });

  it("1b GH200: it is Hopper, named in a text about Blackwell; what nobody stated of it is null", () => {
    expect(accelerator("gh200")).toMatchObject({
      architecture: "Grace Hopper",
      memory: null,
      bandwidth: null,
      designPower: null,
    });
  });

  it.each([
    ["rubin-gpu", 2026],
    ["rubin-ultra", 2027],
    ["feynman", 2028],
  ])("1b Feynman: the roadmap has %s in %d", (id, year) => {
    expect(accelerator(id).year).toBe(year);
  });

  it("1b Vera Rubin NVL72: 72 packages and 190 to 230 kW; the name of 2025 counted 144 dies", () => {
    const { accelerators: count, power, notes } = computeSystem("vr-nvl72");
    expect(count?.value).toBe(72);
    expect(power?.range).toEqual([190_000, 230_000]);
    expect(notes).toContain("NVL144");
  });

  it("1b Rubin: the vendor's figure is no dense one, no prediction is built on it", () => {
    expect(accelerator("rubin-gpu").flops).toEqual({ bf16: null, fp8: null, fp4: null });
  });

  it.each([
    ["h100", 1.73],
    ["gb200", 2.1],
    ["mi355x", 2.65],
  ])("the GPU-hour of %s takes %d kW at the utility", (gpu, kilowatts) => {
    expect(gpuHour(gpu).allInPower.value).toBeCloseTo(kilowatts * 1000, 9);
  });
});

describe("1b: what the seeds name beside chips is a line of cost or availability, no performance", () => {
  const line: CostStack = {
    depreciation: usd(100),
    capital: usd(100),
    energy: usd(100),
    space: usd(100),
    network: usd(100),
    staff: usd(100),
    software: usd(100),
    research: usd(100),
  };
  const hour: GpuHourInput = {
    capex: usd(50_000),
    residual: usd(0),
    lifeYears: years(4),
    wacc: 0,
    allInPower: watts(0),
    electricity: usdPerKilowattHour(0),
    opexPerYear: usdPerYear(0),
    availability: fraction(0.9),
  };
  it.each([
    ["1b Quantum-2: a cost of network, and no throughput", "Quantum-2", "network"],
    ["1b Spectrum-X: a cost of network, and no throughput", "Spectrum-X", "network"],
    ["1b Spectrum-4: a cost of network, and no throughput", "Spectrum-4", "network"],
    ["1b BlueField-3: a cost of network, and no throughput", "BlueField-3", "network"],
    ["1b Quantum-X: a cost of network, and no throughput", "Quantum-X", "network"],
    ["1b CPO: a cost of network, and no throughput", "CPO", "network"],
    ["1b SuperPOD: a cost of depreciation, and no throughput", "DGX SuperPOD", "depreciation"],
    ["1b Omniverse: a cost of software, and no throughput", "Omniverse", "software"],
    ["1b OVX: a cost of depreciation, and no throughput", "OVX", "depreciation"],
    ["1b NIM: a cost of software, and no throughput", "NIM", "software"],
    ["1b Dynamo: a cost of software, and no throughput", "Dynamo", "software"],
    ["1b TensorRT-LLM: a cost of software, and no throughput", "TensorRT-LLM", "software"],
    ["1b CUDA: a cost of software, and no throughput", "CUDA", "software"],
    ["1b Base Command: a cost of software, and no throughput", "Base Command", "software"],
    ["1b Mission Control: a cost of software, and no throughput", "Mission Control", "software"],
  ] as const)(
    "%s: $50 for %s are on the line %s and no other, and a million tokens cost what it adds",
    (_, name, enters) => {
      const dearer = addProduct(line, name, usd(50));
      expect(dearer).toEqual({ ...line, [enters]: 150 });
      // A million tokens an hour: their cost is the hour's.
      const each = (stack: CostStack) => costPerMillion(usdPerHour(totalCost(stack)), tokensPerSecond(1e6 / 3600));
      expect([each(line), each(dearer)]).toEqual([800, 850].map((cost) => expect.closeTo(cost, 9)));
      expect(computeShare(dearer)).toBeCloseTo(enters === "depreciation" ? 350 / 850 : 300 / 850, 12);
    },
  );

  it("1b RAS: it is no line of cost, and a product that nobody named is none at all", () => {
    expect(() => addProduct(line, "RAS engine", usd(50))).toThrow("availability");
    expect(() => addProduct(line, "abacus", usd(50))).toThrow(/abacus; there are/);
  });

  it("1b RAS: a tenth more hours in which a machine can serve make each a tenth cheaper", () => {
    expect(namedProduct("RAS engine").enters).toBe("availability");
    const { total } = gpuHourCost(hour);
    expect(total / gpuHourCost({ ...hour, availability: fraction(0.99) }).total).toBeCloseTo(1.1, 12);
  });
});

describe("trap 4: twice as much", () => {
  it("sparse FLOP/s are twice the dense ones", () => {
    const { fp4Dense, fp4Sparse } = computeSystem("gb200-nvl72");
    expect((fp4Sparse?.value ?? 0) / (fp4Dense?.value ?? 1)).toBe(2);
  });
  it("a link in both directions is twice one: NVLink 5 carries 0.9 TB/s one way", () => {
    expect(accelerator("gb200-gpu").linkOneWay?.value).toBe(0.9e12);
  });
  it("a package of two dies is one accelerator: a name that counts dies claims twice as many", () => {
    const { stated, computed, findings } = checkClaim(rubinRack);
    expect([stated, computed, findings.map(({ code }) => code)]).toEqual([144, 72, ["DIES_COUNTED"]]);
    // And so does the memory of 144 accelerators, which is twice the rack's.
    const each = accelerator("rubin-gpu").memory?.value ?? Number.NaN;
    expect((144 * each) / (computeSystem("vr-nvl72").hbm?.value ?? Number.NaN)).toBeCloseTo(2, 2);
  });
});

describe("trap 11: sources that disagree give a range, not an average", () => {
  it.each([
    ["b200-sxm", "bandwidth", [7.7e12, 8e12]],
    ["b300-sxm", "designPower", [1100, 1400]],
  ] as const)("%s %s", (id, figure, range) => {
    const known = accelerator(id)[figure];
    expect(known?.range).toEqual(range);
    expect(range).toContain(known?.value);
  });
  it("b300-sxm at FP8", () => {
    expect(accelerator("b300-sxm").flops.fp8?.range).toEqual([4.5e15, 7e15]);
  });
});

describe("every figure has its provenance", () => {
  it("of chips and systems: a unit, a date, and a source unless it is assumed", () => {
    const figures = [
      ...accelerators.flatMap(({ flops, memory, bandwidth, designPower, linkOneWay, transistors }) => [
        ...Object.values(flops),
        ...[memory, bandwidth, designPower, linkOneWay, transistors],
      ]),
      ...systems.flatMap(({ fp4Dense, fp4Sparse, hbm, power }) => [fp4Dense, fp4Sparse, hbm, power]),
      ...gpuHours.flatMap(({ allInPower, hyperscaler, neocloud }) => [allInPower, hyperscaler, neocloud]),
    ].filter((one) => one !== null);
    expect(figures.length).toBeGreaterThan(100);
    for (const { unit, asOf, source, confidence } of figures) {
      expect(unit).not.toBe("");
      expect(asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(source !== "" || confidence === "assumed").toBe(true);
    }
  });

  it("and costs that their source calls placeholders are assumed", () => {
    const assumed = gpuHours.filter(({ hyperscaler }) => hyperscaler.confidence === "assumed").map(({ gpu }) => gpu);
    expect(assumed).toEqual(["b300", "gb300"]);
  });
});

it.each([accelerator, computeSystem, gpuHour, modelShape])("what is not there is named, with what is", (find) => {
  expect(() => find("abacus")).toThrow(/abacus; there are/);
});

describe("prices of electricity", () => {
  it("are the newest of a region and sector", () => {
    expect(electricityPrice("EU-27", "non-household")).toMatchObject({
      value: 0.1902,
      unit: "EUR/kWh",
      asOf: "2025-06-30",
    });
    expect(electricityPrice("US-Texas", "industrial")?.currency).toBe("USD");
    expect(electricityPrice("Atlantis", "industrial")).toBeNull();
  });

  it("are what the table says", () => {
    const text = readFileSync(new URL("../../data/electricity_prices.csv", import.meta.url), "utf8");
    expect(parseTable(text).map(electricityRow)).toEqual(electricityPrices);
  });

  const row = {
    region: "X",
    sector: "industrial",
    price: "0.1",
    currency: "USD",
    per: "kWh",
    source: "S",
    licence: "L",
  };
  it.each([
    ["2023", "2023-12-31"],
    ["2024-H1", "2024-06-30"],
    ["2024-H2", "2024-12-31"],
    ["2024-02", "2024-02-29"],
  ])("of %s are as of %s", (period, asOf) => {
    expect(electricityRow({ ...row, period }).asOf).toBe(asOf);
  });
  it.each([
    ["price", { price: "10" }],
    ["price", { price: "" }],
    ["per", { per: "MWh" }],
    ["currency", { currency: "ct" }],
    ["source", { source: "" }],
    ["licence", { licence: "" }],
    ["year", { period: "lately" }],
  ])("with a wrong %s are refused", (what, change) => {
    expect(() => electricityRow({ ...row, period: "2023", ...change })).toThrow(what);
  });
});
