import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokenLedger } from "../testing/brokenLedger.ts";
import { plainScenario } from "../testing/plainScenario.ts";
import { serveApi } from "../testing/serveApi.ts";

let api: Awaited<ReturnType<typeof serveApi>>;
beforeAll(async () => {
  api = await serveApi({ ledger: brokenLedger() });
});
afterAll(() => api.close());

interface Step {
  readonly quantity: string;
  readonly value: string;
  readonly unit: string;
  readonly inputs: readonly { readonly name: string; readonly value: string | null; readonly unit: string }[];
  readonly from: readonly string[];
}

const ask = async (of: string) => {
  const { data, errors } = await api.query(
    `query ($scenario: ScenarioInput!) { scenario(scenario: $scenario) {
      trace(${of}) { quantity value unit inputs { name value unit } from } } }`,
    { scenario: plainScenario },
  );
  return { steps: (data as { scenario: { trace: Step[] } } | null)?.scenario.trace ?? [], errors };
};

describe("scenario.trace", () => {
  it("leads from the cash of a month to what it is made from, back to capital, machines and price", async () => {
    const { steps, errors } = await ask("month: 1");
    expect(errors).toEqual([]);
    expect(Object.fromEntries(steps.map(({ quantity, value, from }) => [quantity, { value, from }]))).toEqual({
      CASH: {
        value: "2.628",
        from: ["REVENUE", "ELECTRICITY_COST", "OPERATING_COST", "CAPITAL_COST", "RESIDUAL_VALUE"],
      },
      REVENUE: { value: "2.628", from: ["SOLD_TOKENS", "PRICE_PER_MILLION"] },
      ELECTRICITY_COST: { value: "0", from: [] },
      OPERATING_COST: { value: "0", from: [] },
      CAPITAL_COST: { value: "0", from: [] },
      RESIDUAL_VALUE: { value: "0", from: [] },
      SOLD_TOKENS: { value: "2628000", from: ["CAPACITY_TOKENS", "DEMAND_TOKENS"] },
      PRICE_PER_MILLION: { value: "1", from: [] },
      CAPACITY_TOKENS: { value: "2628000", from: [] },
      DEMAND_TOKENS: { value: "2628000", from: [] },
    });
  });

  it("ends at inputs by the names under which a scenario takes them", async () => {
    const { steps } = await ask("month: 0, of: CAPITAL_COST");
    expect(steps).toEqual([
      {
        quantity: "CAPITAL_COST",
        value: "26.28",
        unit: "USD",
        inputs: [
          { name: "capex", value: "26.28", unit: "USD" },
          { name: "capexSchedule", value: null, unit: "1 by month" },
        ],
        from: [],
      },
    ]);
    const [, ...rest] = (await ask("month: 1, of: SOLD_TOKENS")).steps;
    expect(rest.flatMap(({ inputs }) => inputs.map(({ name }) => name))).toEqual([
      "accelerators",
      "tokensPerSecond",
      "availability",
      "firstMonth",
      "demandTokensPerSecond",
      "demandFactorPerYear",
      "elasticity",
      "priceFactorPerYear",
      "priceSteps",
    ]);
  });

  it.each(["month: 21", "month: -1"])("refuses %s, which the scenario does not have", async (of) => {
    const { errors } = await ask(of);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_REQUEST", details: { field: "month" } } }]);
  });
});
