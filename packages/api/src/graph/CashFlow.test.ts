import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokenLedger } from "../testing/brokenLedger.ts";
import { plainScenario } from "../testing/plainScenario.ts";
import { serveApi } from "../testing/serveApi.ts";

let api: Awaited<ReturnType<typeof serveApi>>;
beforeAll(async () => {
  api = await serveApi({ ledger: brokenLedger() });
});
afterAll(() => api.close());

const ask = (page: string, scenario: Record<string, unknown> = {}, selection = "month cash") =>
  api.query(
    `query ($scenario: ScenarioInput!) { scenario(scenario: $scenario) { cashFlow${page} { ${selection} } } }`,
    {
      scenario: { ...plainScenario, ...scenario },
    },
  );

describe("scenario.cashFlow", () => {
  it("pays capital in month 0, earns from month 1 on, and sells the machines in the last", async () => {
    const { data, errors } = await ask("(first: 120)", { months: 2, residual: 5, opexPerYear: 12 });
    expect(errors).toEqual([]);
    expect(data).toEqual({
      scenario: {
        cashFlow: [
          { month: 0, cash: "-26.28" },
          { month: 1, cash: "1.628" },
          { month: 2, cash: "6.628" },
        ],
      },
    });
  });

  it("has every quantity of a month, in its unit", async () => {
    // The machine draws 1 kW for 730 hours at $0.001; half of a token a second is asked for.
    const { data, errors } = await ask(
      "(from: 3, first: 1)",
      { demandTokensPerSecond: "0.5", watts: 1000, powerUsageEffectiveness: 1, electricityPerKilowattHour: "0.001" },
      "month pricePerMillion demandTokens capacityTokens soldTokens revenue electricityCost operatingCost capitalCost residualValue cash",
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      scenario: {
        cashFlow: [
          {
            month: 3,
            pricePerMillion: "1",
            demandTokens: "1314000",
            capacityTokens: "2628000",
            soldTokens: "1314000",
            revenue: "1.314",
            electricityCost: "0.73",
            operatingCost: "0",
            capitalCost: "0",
            residualValue: "0",
            cash: "0.584",
          },
        ],
      },
    });
  });

  it("gives a year unless it is asked for more, and what is left at the end", async () => {
    const months = async (page: string) => {
      const { data } = await ask(page);
      return (data as { scenario: { cashFlow: { month: number }[] } }).scenario.cashFlow.map(({ month }) => month);
    };
    expect(await months("")).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(await months("(from: 19, first: 5)")).toEqual([19, 20]);
  });

  it.each([
    ["(first: 121)", { field: "first", expected: "1 to 120", actual: 121 }],
    ["(first: 0)", { field: "first" }],
    ["(from: -1)", { field: "from" }],
    ["(from: 21)", { field: "from", expected: "0 to 20", actual: 21 }],
  ])("refuses %s", async (page, details) => {
    const { errors } = await ask(page);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_REQUEST", details } }]);
  });

  it("costs a field for each figure, and cannot be made cheaper by asking for less than nothing", async () => {
    const cost = async (page: string) => (await ask(page)).extensions.cost.requested as number;
    expect((await cost("(first: 120)")) - (await cost("(first: 1)"))).toBe(119 * 2);
    expect(await cost("(first: -100)")).toBe(await cost("(first: 1)"));
  });
});
