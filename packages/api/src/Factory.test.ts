import { tokensPerSecond, usdPerHour, usdPerKilowattHour } from "@joulemint/economics/units";
import { type TestHistory, writeTestHistory } from "@joulemint/ledger/read/testing/writeTestHistory";
import { eachLedger } from "@joulemint/ledger/testing/eachLedger";
import { afterAll, beforeAll, expect, it } from "vitest";
import { serveApi } from "./testing/serveApi.ts";

const trimmed = (value: number) => value.toFixed(12).replace(/0+$/, "");
// All calls of the history end in the first hour, but for one of unknown energy in the second.
const firstHour = { from: "2023-11-14T22:00:00Z", to: "2023-11-14T23:00:00Z" };
const window = { from: "2023-11-14T22:00:00Z", to: "2023-11-15T00:30:00Z" };

eachLedger("factory", (subject) => {
  let history: TestHistory;
  let api: Awaited<ReturnType<typeof serveApi>>;
  const costs = {
    electricityPrice: usdPerKilowattHour(0.1),
    serverOverhead: 1.6,
    powerUsageEffectiveness: 1.25,
    machineHourPrice: usdPerHour(3),
    machines: 2,
    capacity: tokensPerSecond(0.01),
    energyBoundary: "gpu",
    since: new Date("2023-11-14T21:00:00Z"),
  } as const;
  beforeAll(async () => {
    history = await writeTestHistory(subject.ledger);
    api = await serveApi({ ledger: subject.ledger, costs });
  });
  afterAll(() => api.close());

  const read = async (selection: string, args = window) => {
    const { data, errors } = await api.query(`query ($window: Window) { factory(window: $window) { ${selection} } }`, {
      window: args,
    });
    expect(errors).toEqual([]);
    return (data as { factory: Record<string, unknown> }).factory;
  };

  it("keeps tokens apart by class, and what was produced, served, delivered and sold", async () => {
    expect(
      await read(
        "requests tokens { input cachedInput cacheWrite output reasoning total } produced served delivered sold unbilled " +
          "usageProvenance { final continuous providerAsync counted } tokenAmplification { total internal }",
      ),
    ).toEqual({
      requests: "4",
      tokens: { input: "44", cachedInput: "20", cacheWrite: "12", output: "28", reasoning: "8", total: "112" },
      produced: "36",
      served: "36",
      delivered: "32",
      sold: "36",
      unbilled: "0",
      usageProvenance: { final: "3", continuous: "0", providerAsync: "0", counted: "1" },
      tokenAmplification: { total: "4", internal: "3" },
    });
  });

  it("counts a capped call as unbilled", async () => {
    const flag = (flags: string[]) =>
      subject.ledger.db.updateTable("usage_event").set({ flags }).where("id", "=", history.receipts[1].id).execute();
    await flag(["aborted", "capped"]);
    const figures = await read("served sold unbilled");
    await flag([]);
    expect(figures).toEqual({ served: "36", sold: "27", unbilled: "9" });
  });

  it("says that energy and its cost are unknown when those of one call are, and how many are known", async () => {
    expect(
      await read(
        "joules knownJoules tokensPerJoule energyProvenance { measured modelled declared unknown } " +
          "electricityCost machineCost cost profit marginPerMillion",
      ),
    ).toEqual({
      joules: null,
      knownJoules: "4.468",
      tokensPerJoule: "6.04297224709",
      energyProvenance: { measured: "1", modelled: "2", declared: "0", unknown: "1" },
      electricityCost: null,
      machineCost: "15",
      cost: null,
      profit: null,
      marginPerMillion: null,
    });
  });

  it("has margin and mark-up apart, what breaks even, and utilisation of what the machines could make", async () => {
    const figures = await read(
      "cost margin markUp averagePrice breakEvenPrice costPerMillionProduced utilisation breakEvenUtilisation sold produced",
      firstHour,
    );
    const cost = Number(figures.cost);
    const sold = Number(figures.sold);
    // $1.5 for what costs $6 and a little electricity; 0.01 tokens a second for an hour are 36.
    const expected = {
      margin: (1.5 - cost) / 1.5,
      markUp: (1.5 - cost) / cost,
      averagePrice: (1.5 / sold) * 1e6,
      breakEvenPrice: (cost / sold) * 1e6,
      costPerMillionProduced: (cost / Number(figures.produced)) * 1e6,
      utilisation: sold / 36,
      breakEvenUtilisation: (cost / 1.5) * (sold / 36),
    };
    expect(cost).toBeGreaterThan(6);
    for (const [name, value] of Object.entries(expected)) expect(Number(figures[name]), name).toBeCloseTo(value, 6);
  });

  it("says where it worked: models, lengths, speed, machines and prices", async () => {
    const { operatingPoint } = await read(
      `operatingPoint { models inputTokensPerRequest outputTokensPerRequest producedPerSecond capacityPerSecond machines
        machineHourPrice electricityPerKilowattHour serverOverhead powerUsageEffectiveness }`,
    );
    expect(operatingPoint).toEqual({
      models: [expect.stringMatching(/^model-/)],
      inputTokensPerRequest: "19",
      outputTokensPerRequest: "9",
      producedPerSecond: "0.004",
      capacityPerSecond: "0.01",
      machines: 2,
      machineHourPrice: "3",
      electricityPerKilowattHour: "0.1",
      serverOverhead: "1.6",
      powerUsageEffectiveness: "1.25",
    });
  });

  it("says the boundary of its energy, and why figures are unknown or rest on what was said", async () => {
    expect(await read("energyBoundary findings { code severity }")).toEqual({
      energyBoundary: "GPU",
      findings: [
        { code: "ENERGY_UNKNOWN", severity: "INFO" },
        { code: "ENERGY_MODELLED", severity: "INFO" },
        { code: "SERVER_OVERHEAD_STATED", severity: "INFO" },
        { code: "ENERGY_OF_CALLS_ALONE", severity: "WARNING" },
      ],
    });
  });

  it.each([
    ["GPU energy with a server overhead", {}, 4.468 * 1.6 * 1.25, []],
    ["GPU energy without one", { serverOverhead: null }, null, ["SERVER_OVERHEAD_UNKNOWN"]],
    ["energy of whole machines", { serverOverhead: null, energyBoundary: "it" }, 4.468 * 1.25, []],
    ["energy of an unstated boundary", { energyBoundary: null }, null, ["ENERGY_BOUNDARY_UNKNOWN"]],
  ] as const)("bills at the facility's meter, or not at all: %s", async (_, changed, joules, missing) => {
    const other = await serveApi({ ledger: subject.ledger, costs: { ...costs, ...changed } });
    const { data, errors } = await other.query(
      `query ($window: Window) { factory(window: $window) {
        joules facilityJoules electricityCost cost margin breakEvenPrice findings { code severity } } }`,
      { window: firstHour },
    );
    await other.close();
    expect(errors).toEqual([]);
    const { factory } = data as { factory: { findings: { code: string; severity: string }[] } };
    const warnings = factory.findings.filter(({ severity }) => severity === "WARNING").map(({ code }) => code);
    expect(warnings).toEqual([...missing, "ENERGY_OF_CALLS_ALONE"]);
    expect(factory).toMatchObject(
      joules === null
        ? {
            joules: "4.468",
            facilityJoules: null,
            electricityCost: null,
            cost: null,
            margin: null,
            breakEvenPrice: null,
          }
        : { joules: "4.468", facilityJoules: `${joules}`, cost: trimmed(6 + (joules / 3.6e6) * 0.1) },
    );
  });

  it("has revenue to the base unit, and in dollars", async () => {
    expect(await read("revenue revenueByToken { raw symbol display }")).toEqual({
      revenue: "1.500002",
      revenueByToken: [{ raw: "1500002", symbol: "tUSD", display: "1.500002" }],
    });
  });

  it("has a series whose buckets sum to the window, cut ones marked", async () => {
    const { series, requests } = await read(
      "requests series(interval: HOUR) { start partial requests joules cost revenue }",
    );
    const cost = trimmed(2 * 3 + ((4.468 * 1.6 * 1.25) / 3.6e6) * 0.1);
    expect(series).toEqual([
      { start: "2023-11-14T22:00:00.000Z", partial: false, requests: "3", joules: "4.468", cost, revenue: "1.5" },
      {
        start: "2023-11-14T23:00:00.000Z",
        partial: false,
        requests: "1",
        joules: null,
        cost: null,
        revenue: "0.000002",
      },
      { start: "2023-11-15T00:00:00.000Z", partial: true, requests: "0", joules: "0", cost: "3", revenue: "0" },
    ]);
    expect(requests).toBe("4");
  });

  it("leaves out empty buckets on request, and takes a window of its own", async () => {
    const { series } = await read(
      'series(interval: FIVE_MINUTES, fill: false, from: "2023-11-14T23:00:00+00:00") { start requests }',
    );
    expect(series).toEqual([{ start: "2023-11-14T23:10:00.000Z", requests: "1" }]);
  });

  it("is unknown in cost, not free, where nobody said what running it costs", async () => {
    const unpriced = await serveApi({ ledger: subject.ledger });
    const { data } = await unpriced.query(
      "{ factory { requests cost profit machineCost electricityCost margin utilisation energyBoundary findings { code } } }",
    );
    await unpriced.close();
    expect(data).toEqual({
      factory: {
        requests: "0",
        cost: null,
        profit: null,
        machineCost: null,
        electricityCost: null,
        margin: null,
        utilisation: null,
        energyBoundary: null,
        findings: [
          "NO_CALLS",
          "ENERGY_BOUNDARY_UNKNOWN",
          "ELECTRICITY_PRICE_UNKNOWN",
          "PUE_UNKNOWN",
          "MACHINE_PRICE_UNKNOWN",
          "MACHINES_UNKNOWN",
          "CAPACITY_UNKNOWN",
        ].map((code) => ({ code })),
      },
    });
  });

  it.each([
    ['factory(window: { from: "2023-11-15T00:00:00Z", to: "2023-11-14T00:00:00Z" }) { requests }'],
    ['factory(window: { from: "2023-11-14T00:00:00" }) { requests }'],
    ['factory(window: { from: "2023-11-14T00:00:00Z" }) { series(interval: MINUTE) { start } }'],
  ])("refuses %s", async (field) => {
    const { errors } = await api.query(`{ ${field} }`);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(["BAD_REQUEST"]);
  });
});
