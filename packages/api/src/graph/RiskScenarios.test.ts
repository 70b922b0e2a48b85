import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokenLedger } from "../testing/brokenLedger.ts";
import { plainScenario } from "../testing/plainScenario.ts";
import { serveApi } from "../testing/serveApi.ts";

let api: Awaited<ReturnType<typeof serveApi>>;
beforeAll(async () => {
  api = await serveApi({ ledger: brokenLedger() });
});
afterAll(() => api.close());

const ask = (changed: Record<string, unknown> = {}, selection = "risk name scenario { netPresentValue }") =>
  api.query(
    `query ($scenario: ScenarioInput!, $at: OperatingPointInput, $rival: Usd!, $cap: Decimal!) {
      riskScenarios(scenario: $scenario, operatingPoint: $at, rivalCostPerMillion: $rival, powerCapWatts: $cap) { ${selection} } }`,
    { scenario: plainScenario, rival: "0.75", cap: 1e9, ...changed },
  );

type Risks = readonly {
  readonly risk: string;
  readonly name: string;
  readonly scenario: { readonly netPresentValue: string };
}[];
const read = async (changed?: Record<string, unknown>) => {
  const { data, errors } = await ask(changed);
  expect(errors).toEqual([]);
  return (data as { riskScenarios: Risks }).riskScenarios;
};

describe("riskScenarios", () => {
  it("has one for every cause at least", async () => {
    const causes = new Set((await read()).map(({ risk }) => risk));
    expect(causes).toEqual(new Set(["COSTS_AND_PRICES", "DEMAND", "SUBSTITUTES", "COMPETITORS", "POWER", "SUPPLY"]));
  });

  // Undisturbed, 20 months bring $52.56 for $26.28.
  it.each([
    ["half of the demand", {}, "0"],
    ["machines and halls cost half as much again", {}, "13.14"],
    ["a competitor sells at his cost", {}, "13.14"],
    ["delivery a year late", {}, "-5.256"],
    ["the grid gives no more power", {}, "26.28"],
    ["the grid gives no more power", { cap: 0 }, "-26.28"],
    ["the grid gives no more power", { cap: 0, scenario: { ...plainScenario, watts: 0 } }, "26.28"],
  ])("%s, with %j: worth $%s", async (name, changed, value) => {
    const found = (await read(changed)).find((risk) => risk.name === name);
    expect(found?.scenario.netPresentValue).toBe(value);
  });

  it("gives whole scenarios, with their months", async () => {
    const { data, errors } = await ask({}, "name scenario { paybackYears cashFlow(from: 1, first: 1) { soldTokens } }");
    expect(errors).toEqual([]);
    expect((data as { riskScenarios: unknown[] }).riskScenarios).toContainEqual({
      name: "half of the demand",
      scenario: { paybackYears: "1.666666666667", cashFlow: [{ soldTokens: "1314000" }] },
    });
  });

  it("says of each at which operating point and around what", async () => {
    const { data, errors } = await ask({ at: { model: "llama" } }, "scenario { boundary operatingPoint { model } }");
    expect(errors).toEqual([]);
    for (const { scenario } of (data as { riskScenarios: readonly { scenario: unknown }[] }).riskScenarios) {
      expect(scenario).toEqual({ boundary: "FACILITY", operatingPoint: { model: "llama" } });
    }
  });

  it.each([
    ["an operating point that cannot be", { at: { interactivity: -1 } }, { field: "operatingPoint" }],
    ["a negative cost", { rival: -1 }, { field: "rivalCostPerMillion" }],
    ["a negative cap", { cap: -1 }, { field: "powerCapWatts" }],
    ["a scenario that cannot be", { scenario: { availability: 2 } }, { field: "scenario" }],
    ["months beyond all plans", { scenario: { months: 601 } }, { field: "months" }],
  ])("refuses %s", async (_, changed, details) => {
    const { errors } = await ask(changed);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_REQUEST", details } }]);
  });

  it("costs as many projections as there are risks, and one for the scenario itself", async () => {
    const risks = (await read()).length;
    const { extensions } = await ask({ scenario: {} }, "name");
    // 60 months and what it takes to search a rate are 120.
    expect(extensions.cost.requested).toBe(120 * (risks + 1) + risks);
  });
});
