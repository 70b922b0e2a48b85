import { usdPerHour, usdPerKilowattHour } from "@joulemint/economics/units";
import { type TestHistory, writeTestHistory } from "@joulemint/ledger/read/testing/writeTestHistory";
import { eachLedger } from "@joulemint/ledger/testing/eachLedger";
import { afterAll, beforeAll, expect, it } from "vitest";
import { serveApi } from "./testing/serveApi.ts";

// All calls of the history end in the first hour, but for one of unknown energy in the second.
const window = { from: "2023-11-14T22:00:00Z", to: "2023-11-15T00:30:00Z" };

eachLedger("factory", (subject) => {
  let history: TestHistory;
  let api: Awaited<ReturnType<typeof serveApi>>;
  beforeAll(async () => {
    history = await writeTestHistory(subject.ledger);
    const costs = {
      electricityPrice: usdPerKilowattHour(0.1),
      powerUsageEffectiveness: 1.25,
      machineHourPrice: usdPerHour(3),
      machines: 2,
      since: new Date("2023-11-14T21:00:00Z"),
    };
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
    const cost = (2 * 3 + ((4.468 * 1.25) / 3.6e6) * 0.1).toFixed(12).replace(/0+$/, "");
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
    const { data } = await unpriced.query("{ factory { requests cost profit machineCost electricityCost } }");
    await unpriced.close();
    expect(data).toEqual({
      factory: { requests: "0", cost: null, profit: null, machineCost: null, electricityCost: null },
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
