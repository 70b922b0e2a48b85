import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "./schema.ts";
import { brokenLedger } from "./testing/brokenLedger.ts";
import { serveApi } from "./testing/serveApi.ts";

const fields = Object.values(schema.getQueryType()?.getFields() ?? {});

it.each(fields.map((field) => ({ name: field.name, field })))("the root field $name has asOf", ({ field }) => {
  const asOf = field.args.find(({ name }) => name === "asOf");
  expect({ type: String(asOf?.type), default: asOf?.defaultValue }).toEqual({ type: "Finality!", default: "LATEST" });
});

describe("asOf", () => {
  let api: Awaited<ReturnType<typeof serveApi>>;
  beforeAll(async () => {
    // Whatever is read from this ledger fails with INTERNAL: these requests are refused before.
    api = await serveApi({ ledger: brokenLedger(), onError: () => {} });
  });
  afterAll(() => api.close());

  it.each([
    ["two that differ", "{ meta(asOf: SAFE) { block } models(asOf: FINALIZED) { nodes { name } } }", "FINALIZED, SAFE"],
    ["one that is named, and the default", "{ meta(asOf: SAFE) { block } models { nodes { name } } }", "LATEST, SAFE"],
    [
      "one in a fragment, and one in a variable",
      "query ($asOf: Finality! = FINALIZED) { ...a meta(asOf: $asOf) { block } } fragment a on Query { b: meta(asOf: SAFE) { hash } }",
      "FINALIZED, SAFE",
    ],
    ["that of node", '{ node(id: "no", asOf: SAFE) { id } nodes(ids: [], asOf: FINALIZED) { id } }', "FINALIZED, SAFE"],
  ])("is one for the whole request: %s", async (_, query, actual) => {
    const { data, errors } = await api.query(query);
    expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([]);
    expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(["BAD_REQUEST"]));
    expect(errors[0]?.extensions.details).toEqual({ field: "asOf", expected: "one for the whole request", actual });
  });

  it("of a field that is skipped does not count", async () => {
    const { errors } = await api.query("{ meta(asOf: SAFE) { block } models @skip(if: true) { nodes { name } } }");
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(["INTERNAL"]);
  });
});
