import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokenLedger } from "../testing/brokenLedger.ts";
import { serveApi } from "../testing/serveApi.ts";

let api: Awaited<ReturnType<typeof serveApi>>;
beforeAll(async () => {
  api = await serveApi({ ledger: brokenLedger() });
});
afterAll(() => api.close());

const said = `fragment Said on EconomicResult {
  boundary operatingPoint { model } inputs { name value unit } findings { code severity } }`;
const ask = async (field: string) => {
  const { data, errors } = await api.query(`{ answer: ${field} { ...Said } } ${said}`);
  expect(errors).toEqual([]);
  return (data as { answer: object }).answer;
};

const at = '{ model: "llama-3.1-70b" }';
const rates = '{ watts: "1000", capacityTokensPerSecond: "100", utilisation: "0.5" }';
const points = '{ points: [{ tokensPerSecondPerUser: "50", tokensPerSecondPerGpu: "300" }] }';
const unstated = { code: "OPERATING_POINT_UNSTATED", severity: "WARNING" };

describe("whatever economics answers", () => {
  it.each([
    ["unitEconomics", `unitEconomics(rates: ${rates}, operatingPoint: ${at})`, "FACILITY"],
    ["frontier", `frontier(of: ${points}, operatingPoint: ${at})`, null],
    ["scenario", `scenario(scenario: {}, operatingPoint: ${at})`, "FACILITY"],
  ])("%s says around what, where and from what", async (_, field, boundary) => {
    expect(await ask(field)).toMatchObject({ boundary, operatingPoint: { model: "llama-3.1-70b" } });
    expect(await ask(field)).not.toMatchObject({ findings: expect.arrayContaining([unstated]) });
    const nowhere = await ask(field.replace(`, operatingPoint: ${at}`, ""));
    expect(nowhere).toMatchObject({ operatingPoint: null, findings: expect.arrayContaining([unstated]) });
  });

  it.each([
    [`unitEconomics(rates: ${rates})`, { name: "watts", value: "1000", unit: "W" }],
    [`unitEconomics(rates: ${rates})`, { name: "pricePerMillion", value: null, unit: "USD/M tokens" }],
    [`frontier(of: ${points})`, { name: "points", value: null, unit: "tok/s/GPU by tok/s/user" }],
    ['scenario(scenario: { watts: "700" })', { name: "watts", value: "700", unit: "W" }],
    ['claimCheck(id: "NV-5M-75M")', { name: "years", value: null, unit: "years" }],
    [
      'claimCheck(id: "NV-5M-75M", assume: [{ name: "years", value: "4" }])',
      { name: "years", value: "4", unit: "years" },
    ],
    ['claimCheck(id: "NV-5M-75M")', { name: "gpus", value: "72", unit: null }],
    ['claimCheck(id: "NV-5M-75M", own: { inputs: [] })', { name: "price", value: null, unit: "USD/M tokens" }],
  ])("%s names its inputs", async (field, input) => {
    expect(await ask(field)).toMatchObject({ inputs: expect.arrayContaining([input]) });
  });

  it("of a claim nobody knows a boundary, and what it lacks is said", async () => {
    expect(await ask('claimCheck(id: "NV-5M-75M")')).toMatchObject({
      boundary: null,
      operatingPoint: null,
      findings: [{ code: "UNDER_SPECIFIED" }],
    });
  });
});
