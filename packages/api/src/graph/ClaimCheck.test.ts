import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokenLedger } from "../testing/brokenLedger.ts";
import { serveApi } from "../testing/serveApi.ts";

let api: Awaited<ReturnType<typeof serveApi>>;
beforeAll(async () => {
  api = await serveApi({ ledger: brokenLedger() });
});
afterAll(() => api.close());

const query = `query ($id: ID!, $assume: [NamedValue!]! = [], $own: OwnFigures) {
  claimCheck(id: $id, assume: $assume, own: $own) {
    stated computed verdict missing findings { code severity message stated computed } } }`;
const values = (of: Record<string, number>) => Object.entries(of).map(([name, value]) => ({ name, value }));
const check = async (variables: Record<string, unknown>) => {
  const { data, errors } = await api.query(query, variables);
  expect(errors).toEqual([]);
  return (data as { claimCheck: unknown }).claimCheck;
};

describe("claimCheck", () => {
  it("of a published claim says what is stated, what comes out, and which finding follows", async () => {
    expect(await check({ id: "S1-PRICING-COUNT" })).toEqual({
      stated: "9",
      computed: "10",
      verdict: "INCONSISTENT",
      missing: [],
      findings: [{ code: "MISCOUNTED", severity: "ERROR", message: expect.any(String), stated: "9", computed: "10" }],
    });
  });

  const years = { throughput: 1000, utilisation: 1, price: 1 };
  it.each([
    ["lacks four inputs", {}, null, ["throughput", "utilisation", "years", "price"], ["UNDER_SPECIFIED"]],
    ["with three of them assumed", years, null, ["years"], ["ASSUMED", "UNDER_SPECIFIED"]],
    // 72 GPUs x 1000 tok/s x 1 year of 31,536,000 s at $1 a million.
    ["with all assumed", { ...years, years: 1 }, "2270592", [], ["ASSUMED", "STATED_IS_NOT_COMPUTED"]],
  ])("of $75M from $5M %s", async (_, assume, computed, missing, codes) => {
    expect(await check({ id: "NV-5M-75M", assume: values(assume) })).toMatchObject({
      stated: "75000000",
      computed,
      missing,
      findings: codes.map((code) => ({ code })),
    });
  });

  // $3.60 for an hour of 1000 tokens a second.
  const inputs = { hour: 3.6, throughput: 1000 };
  it.each([
    [{ stated: "1", inputs: values(inputs) }, "CONSISTENT", "1"],
    [{ stated: "0.95", tolerance: 0.1, inputs: values(inputs) }, "ROUNDED", "1"],
    [{ stated: "0.02", inputs: values(inputs) }, "INCONSISTENT", "1"],
    [{ stated: "1", inputs: values({ hour: 3.6 }) }, "UNDER_SPECIFIED", null],
    [{ inputs: values(inputs) }, "CONSISTENT", "1"],
    // No tokens have no cost each, whatever is stated.
    [{ stated: "1", inputs: values({ hour: 3.6, throughput: 0 }) }, "UNDER_SPECIFIED", null],
    [{ inputs: values({ hour: 0, throughput: 0 }) }, "UNDER_SPECIFIED", null],
  ])("of one's own figures %j is %s", async (own, verdict, computed) => {
    expect(await check({ id: "NV-COST-FORMULA", own })).toMatchObject({ verdict, computed });
  });

  it("is null for a claim that nobody knows", async () => {
    expect(await check({ id: "__proto__" })).toBeNull();
  });

  it.each([
    ["what the publication does say", { assume: values({ gpus: 1 }) }, "assume"],
    ["an input that there is not", { assume: values({ __proto: 1 }) }, "assume"],
    ["an input of one's own that there is not", { own: { inputs: values({ cost: 1 }) } }, "own"],
    ["a tolerance above all", { own: { stated: 1, tolerance: 2, inputs: values(allOf(1)) } }, "own"],
    [
      "two assumptions of one name",
      { id: "NV-5M-75M", assume: [...values({ years: 3 }), ...values({ years: 4 })] },
      "assume",
    ],
    ["two inputs of one name", { own: { inputs: [...values({ gpus: 8 }), ...values({ gpus: 72 })] } }, "own"],
    ["a share of time that cannot be", { own: { stated: 1, inputs: values(allOf(-1)) } }, "own"],
  ])("refuses %s", async (_, variables, field) => {
    const { errors } = await api.query(query, { id: "XCHECK-RACK-HOUR", ...variables });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_REQUEST", details: { field } } }]);
  });
});

/** What the publications leave out, as nobody can be: used more than always, or paid for producing. */
describe("claimCheck refuses", () => {
  const fifteenfold = { throughput: 1000, utilisation: 0.5, years: 3, price: 1 };
  const revenue = { newerTokensPerMegawatt: 2, olderTokensPerMegawatt: 1, newerPrice: 3, olderPrice: 3 };
  it.each([
    ["NV-5M-75M", fifteenfold, { utilisation: 5 }],
    ["NV-5M-75M", fifteenfold, { price: -1.65 }],
    ["NV-5M-75M", fifteenfold, { throughput: -1 }],
    ["NV-5M-75M", fifteenfold, { years: -1 }],
    ["NV-5M-75M/hour", { years: 3 }, { years: -1 }],
    ...Object.keys(revenue).map((name) => ["NV-TIERS-2026/revenue", revenue, { [name]: -1 }] as const),
  ] as const)("%s of %j with %j", async (id, assume, wrong) => {
    expect(await check({ id, assume: values(assume) })).toMatchObject({ computed: expect.any(String) });
    const { errors } = await api.query(query, { id, assume: values({ ...assume, ...wrong }) });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_REQUEST", details: { field: "assume" } } }]);
  });
});

/** Figures of a rack; a life of -1 years is none. */
function allOf(years: number) {
  return { rack: 5e6, gpus: 72, years, kilowatts: 2.1, electricity: 0.066 };
}

describe("claimChecks", () => {
  it("has every claim with a verdict, and costs by how many there are", async () => {
    const { data, errors, extensions } = await api.query("{ claimChecks { id verdict } }");
    expect(errors).toEqual([]);
    const { claimChecks } = data as { claimChecks: { id: string; verdict: string }[] };
    expect(claimChecks).toContainEqual({ id: "XCHECK-RACK-HOUR", verdict: "ROUNDED" });
    expect(new Set(claimChecks.map(({ id }) => id)).size).toBe(claimChecks.length);
    expect(extensions.cost.requested).toBe(1 + 2 * claimChecks.length);
  });

  it.each([0, -1, 0.5, 1e9, 1e300])("can be checked or refused with every input at %d", async (value) => {
    const { data } = await api.query("{ claimChecks { id inputs { name } } }");
    const { claimChecks } = data as { claimChecks: { id: string; inputs: { name: string }[] }[] };
    for (const { id, inputs } of claimChecks) {
      const own = { stated: 1, inputs: inputs.map(({ name }) => ({ name, value })) };
      const { errors } = await api.query(query, { id, own });
      expect(["BAD_REQUEST", undefined], id).toContain(errors[0]?.extensions.code);
    }
  });
});
