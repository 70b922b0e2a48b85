import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokenLedger } from "../testing/brokenLedger.ts";
import { serveApi } from "../testing/serveApi.ts";

let api: Awaited<ReturnType<typeof serveApi>>;
beforeAll(async () => {
  // What follows from the caller's figures alone needs no ledger.
  api = await serveApi({ ledger: brokenLedger() });
});
afterAll(() => api.close());

// $240 of machines and $12 of electricity an hour, for 70,000 tok/s sold: 252 million tokens an hour at $1 each million.
const rates = {
  machinesPerHour: "240",
  watts: "100000",
  electricityPerKilowattHour: "0.12",
  capacityTokensPerSecond: 140_000,
  utilisation: "0.5",
  pricePerMillion: "1.25",
};
const query = `query ($rates: OperatingRates!) { unitEconomics(rates: $rates) {
  costPerMillion energyCostPerMillion revenuePerMillion marginPerMillion margin markUp breakEvenUtilisation
  tokensPerJoule revenuePerKilowattHour } }`;

const all = {
  costPerMillion: "1",
  energyCostPerMillion: "0.047619047619",
  revenuePerMillion: "1.25",
  marginPerMillion: "0.25",
  margin: "0.2",
  markUp: "0.25",
  breakEvenUtilisation: "0.4",
  tokensPerJoule: "0.7",
  revenuePerKilowattHour: "3.15",
};
const unpriced = { revenuePerMillion: null, marginPerMillion: null, margin: null, markUp: null };

const chat = { model: "llama-3.1-70b", precision: "fp8", inputTokens: "1024", interactivity: "50.5", batch: "8" };
const ask = async (changed: object, operatingPoint: object | null, selection: string) => {
  const { data, errors } = await api.query(
    `query ($rates: OperatingRates!, $at: OperatingPointInput) {
      unitEconomics(rates: $rates, operatingPoint: $at) { ${selection} } }`,
    { rates: { ...rates, ...changed }, at: operatingPoint },
  );
  return { errors, answer: (data as { unitEconomics: unknown } | null)?.unitEconomics };
};
/** The codes of findings by figure. */
type Reasons = { readonly unknown: readonly { readonly figure: string; readonly findings: { code: string }[] }[] };

describe("unitEconomics", () => {
  it.each([
    ["all that is known", {}, all],
    [
      "an unknown price",
      { pricePerMillion: null },
      { ...all, ...unpriced, breakEvenUtilisation: null, revenuePerKilowattHour: null },
    ],
    [
      "nothing sold",
      { utilisation: 0 },
      {
        ...all,
        costPerMillion: null,
        energyCostPerMillion: null,
        marginPerMillion: null,
        margin: null,
        markUp: null,
        tokensPerJoule: "0",
        revenuePerKilowattHour: "0",
      },
    ],
    ["free tokens", { pricePerMillion: 0 }, { revenuePerMillion: "0", marginPerMillion: "-1", margin: null }],
  ])("of %s", async (_, changed, expected) => {
    const { data, errors } = await api.query(query, { rates: { ...rates, ...changed } });
    expect(errors).toEqual([]);
    expect(data).toMatchObject({ unitEconomics: expected });
  });

  it.each([
    [{ utilisation: "1.5" }, { field: "rates", reason: expect.stringContaining("1.5") }],
    [{ watts: -1 }, { field: "rates", reason: expect.stringContaining("watts") }],
    [{ watts: "1e5" }, { expected: expect.stringContaining("Decimal") }],
    [{ machinesPerHour: "9".repeat(400) }, { expected: expect.stringContaining("Usd") }],
    [{ machinesPerHour: [1] }, { expected: expect.stringContaining("Usd") }],
  ])("refuses %j", async (changed, details) => {
    const { errors } = await api.query(query, { rates: { ...rates, ...changed } });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_REQUEST", details } }]);
  });

  it("says at which operating point and around what, as far as the caller did", async () => {
    const point =
      "operatingPoint { model hardware precision inputTokens outputTokens interactivity batch acceptedLength }";
    const at = await ask({}, chat, `boundary findings { code } ${point}`);
    expect(at).toEqual({
      errors: [],
      answer: {
        boundary: "FACILITY",
        findings: [],
        operatingPoint: { ...chat, hardware: null, outputTokens: null, acceptedLength: null },
      },
    });
    const nowhere = await ask({ watts: null }, {}, `boundary findings { code severity } ${point}`);
    expect(nowhere.answer).toEqual({
      boundary: null,
      findings: [
        { code: "OPERATING_POINT_UNSTATED", severity: "WARNING" },
        { code: "POWER_UNKNOWN", severity: "INFO" },
      ],
      operatingPoint: null,
    });
  });

  it("says what it was computed from, and in which units", async () => {
    const { answer } = await ask({ pricePerMillion: null }, chat, "inputs { name value unit }");
    expect(answer).toEqual({
      inputs: [
        { name: "machinesPerHour", value: "240", unit: "USD/h" },
        { name: "watts", value: "100000", unit: "W" },
        { name: "electricityPerKilowattHour", value: "0.12", unit: "USD/kWh" },
        { name: "capacityTokensPerSecond", value: "140000", unit: "tok/s" },
        { name: "utilisation", value: "0.5", unit: "1" },
        { name: "pricePerMillion", value: null, unit: "USD/M tokens" },
      ],
    });
  });

  it.each<[object, Record<string, string[]>]>([
    [{}, {}],
    [
      { pricePerMillion: null, utilisation: 0 },
      {
        costPerMillion: ["UTILISATION_ZERO"],
        energyCostPerMillion: ["UTILISATION_ZERO"],
        marginPerMillion: ["UTILISATION_ZERO", "PRICE_UNKNOWN"],
        margin: ["UTILISATION_ZERO", "PRICE_UNKNOWN"],
        markUp: ["UTILISATION_ZERO", "PRICE_UNKNOWN"],
        breakEvenUtilisation: ["PRICE_UNKNOWN"],
        revenuePerKilowattHour: ["PRICE_UNKNOWN"],
      },
    ],
    [{ pricePerMillion: 0 }, { margin: ["PRICE_ZERO"], breakEvenUtilisation: ["PRICE_ZERO"] }],
  ])("says of %j what each figure lacks", async (changed, expected) => {
    const { errors, answer } = await ask(changed, null, "unknown { figure findings { code message } }");
    expect(errors).toEqual([]);
    const reasons = (answer as Reasons).unknown.map(({ figure, findings }) => [
      figure,
      findings.map(({ code }) => code),
    ]);
    expect(Object.fromEntries(reasons)).toEqual(expected);
  });

  it.each([{ batch: 0 }, { inputTokens: "-1" }])("refuses the operating point %j", async (point) => {
    const { errors } = await ask({}, point, "margin");
    expect(errors).toMatchObject([{ extensions: { code: "BAD_REQUEST", details: { field: "operatingPoint" } } }]);
  });
});
