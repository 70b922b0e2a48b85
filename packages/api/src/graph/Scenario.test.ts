import { exampleScenario } from "@joulemint/economics/finance/exampleScenario";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokenLedger } from "../testing/brokenLedger.ts";
import { plainScenario as plain } from "../testing/plainScenario.ts";
import { serveApi } from "../testing/serveApi.ts";

let api: Awaited<ReturnType<typeof serveApi>>;
beforeAll(async () => {
  api = await serveApi({ ledger: brokenLedger() });
});
afterAll(() => api.close());

const chat = { model: "llama-3.1-70b", precision: "fp8", outputTokens: "256" };
const value = "netPresentValue internalRateOfReturn paybackYears levelisedCostPerMillion utilisation";
const ask = (variables: Record<string, unknown>, selection = `${value} findings { code severity } risk { p50 }`) =>
  api.query(
    `query ($scenario: ScenarioInput!, $at: OperatingPointInput, $simulation: SimulationInput) {
      scenario(scenario: $scenario, operatingPoint: $at, simulation: $simulation) { ${selection} } }`,
    { at: chat, ...variables },
  );

describe("scenario", () => {
  it.each([
    [
      "pays back in 10 of 20 months",
      {},
      { netPresentValue: "26.28", paybackYears: "0.833333333333", levelisedCostPerMillion: "0.5", utilisation: "1" },
      [],
    ],
    [
      "sells no more than is asked for",
      { demandTokensPerSecond: "0.5" },
      { netPresentValue: "0", utilisation: "0.5" },
      [],
    ],
    [
      "says that demand is unserved",
      { demandTokensPerSecond: 2 },
      { netPresentValue: "26.28" },
      [{ code: "DEMAND_UNSERVED", severity: "INFO" }],
    ],
    [
      "has no rate, payback or cost of a token where nothing is sold",
      { demandTokensPerSecond: 0 },
      { netPresentValue: "-26.28", internalRateOfReturn: null, paybackYears: null, levelisedCostPerMillion: null },
      [{ code: "NO_INTERNAL_RATE", severity: "WARNING" }],
    ],
    // Half price from month 11 on: ten months bring $26.28, and ten half of it.
    ["follows the price down", { priceSteps: [{ month: 11, factor: "0.5" }] }, { netPresentValue: "13.14" }, []],
  ])("%s", async (_, changed, expected, findings) => {
    const { data, errors } = await ask({ scenario: { ...plain, ...changed } });
    expect(errors).toEqual([]);
    expect(data).toMatchObject({ scenario: { ...expected, findings, risk: null } });
  });

  it("says at which operating point and around what, and what it was computed from, the example's figures too", async () => {
    const selection = "boundary operatingPoint { model precision outputTokens batch } inputs { name value unit }";
    const { data, errors } = await ask({ scenario: { watts: 1000 } }, selection);
    expect(errors).toEqual([]);
    const { inputs, ...rest } = (data as { scenario: { inputs: unknown[] } }).scenario;
    expect(rest).toEqual({ boundary: "FACILITY", operatingPoint: { ...chat, batch: null } });
    expect(inputs).toHaveLength(19);
    expect(inputs).toEqual(
      expect.arrayContaining([
        { name: "months", value: "60", unit: "months" },
        { name: "watts", value: "1000", unit: "W" },
        { name: "electricityPerKilowattHour", value: `${exampleScenario.electricity}`, unit: "USD/kWh" },
        { name: "capexSchedule", value: null, unit: "1 by month" },
      ]),
    );
  });

  it("says that nobody said where its speed holds", async () => {
    const { data } = await ask({ scenario: plain, at: null }, "operatingPoint { model } findings { code severity }");
    expect(data).toEqual({
      scenario: { operatingPoint: null, findings: [{ code: "OPERATING_POINT_UNSTATED", severity: "WARNING" }] },
    });
  });

  it("draws what is uncertain: demand of 0 to 1 token a second is worth -26.28 to 26.28", async () => {
    const uniform = { uniform: { low: 0, high: 1 } };
    const simulation = { runs: 10_000, seed: "4294967295", beliefs: { demandTokensPerSecond: uniform } };
    const selection = "risk { mean p5 p50 p95 probabilityOfLoss conditionalValueAtRisk tornado { variable low high } }";
    const first = await ask({ scenario: plain, simulation }, selection);
    expect(first.errors).toEqual([]);
    const { risk } = (first.data as { scenario: { risk: Record<string, string> } }).scenario;
    for (const [name, exact] of [
      ["mean", 0],
      ["p5", -0.9 * 26.28],
      ["p50", 0],
      ["p95", 0.9 * 26.28],
      ["conditionalValueAtRisk", -0.95 * 26.28],
    ] as const) {
      expect(Math.abs(Number(risk[name]) - exact), name).toBeLessThan(1);
    }
    expect(Number(risk.probabilityOfLoss)).toBeCloseTo(0.5, 1);
    expect(risk.tornado).toEqual([{ variable: "demandTokensPerSecond", low: "-23.652", high: "23.652" }]);
    expect((await ask({ scenario: plain, simulation }, selection)).data).toEqual(first.data);
    const other = await ask({ scenario: plain, simulation: { ...simulation, seed: 1 } }, selection);
    expect(other.data).not.toEqual(first.data);
  });

  const normal = { normal: { mean: 1, deviation: 1 } };
  const draw = { runs: 1, seed: 1, beliefs: { pricePerMillion: normal } };
  it.each([
    ["months beyond all plans", { scenario: { months: 601 } }, { field: "months", needed: 601, available: 600 }],
    ["an operating point that cannot be", { at: { batch: 0 } }, { field: "operatingPoint" }],
    ["no months", { scenario: { months: 0 } }, { field: "scenario" }],
    [
      "a negative price",
      { scenario: { pricePerMillion: -1 } },
      { field: "scenario", reason: "price is out of range: -1" },
    ],
    ["capital that is paid in part", { scenario: { capexSchedule: [0.5] } }, { field: "scenario" }],
    [
      "more steps than are counted",
      { scenario: { priceSteps: Array(25).fill({ month: 1, factor: 1 }) } },
      { field: "priceSteps" },
    ],
    ["figures that overflow", { scenario: { ...plain, capex: 1e308, opexPerYear: 1e308 } }, { field: "scenario" }],
    ["too many runs", { simulation: { ...draw, runs: 10_001 } }, { field: "runs", available: 10_000 }],
    ["no runs", { simulation: { ...draw, runs: 0 } }, { field: "simulation" }],
    ["a seed that is none", { simulation: { ...draw, seed: "-1" } }, { field: "simulation" }],
    ["nothing uncertain", { simulation: { ...draw, beliefs: {} } }, { field: "beliefs" }],
    ["a price that may be negative", { simulation: { ...draw, runs: 1000 } }, { field: "simulation" }],
    [
      "two beliefs about one input",
      { simulation: { ...draw, beliefs: { watts: { ...normal, uniform: { low: 0, high: 1 } } } } },
      {},
    ],
  ])("refuses %s", async (_, variables, details) => {
    const { errors } = await ask({ scenario: {}, ...variables });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_REQUEST", details } }]);
  });

  it.each([
    // 60 months and what it takes to draw are 120 of a thousandth each, a thousand times to find the internal rate.
    ["a projection", {}, 120],
    ["a simulation", { simulation: { ...draw, runs: 10_000 } }, 120 * 11],
    ["runs that are refused anyway", { simulation: { ...draw, runs: -1_000_000 } }, 120],
    ["a long one with steps", { scenario: { months: 600, priceSteps: [{ month: 1, factor: 1 }] } }, 660 * 2],
  ])("has the cost of %s", async (_, variables, cost) => {
    const { extensions } = await ask({ scenario: {}, ...variables }, "netPresentValue");
    expect(extensions.cost.requested).toBe(cost + 1);
  });

  it("is refused where it costs too much, however it is asked for", async () => {
    const simulation = "simulation: { runs: 10000, seed: 1, beliefs: { watts: { uniform: { low: 0, high: 1 } } } }";
    const one = `scenario(scenario: { months: 600 }, ${simulation}) { netPresentValue }`;
    const { errors, data } = await api.query(`{ a: ${one} b: ${one} }`);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_REQUEST", details: { field: "cost" } } }]);
    expect(data).toBeUndefined();
  });
});
