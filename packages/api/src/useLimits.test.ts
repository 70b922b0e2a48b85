import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokenLedger } from "./testing/brokenLedger.ts";
import { serveApi } from "./testing/serveApi.ts";

let api: Awaited<ReturnType<typeof serveApi>>;
let reads = 0;
beforeAll(async () => {
  api = await serveApi({
    ledger: brokenLedger(),
    onError: () => {
      reads += 1;
    },
  });
});
afterAll(() => api.close());

describe("limits", () => {
  it("tell the cost with every answer", async () => {
    const { extensions } = await api.query("{ receipts(first: 7) { nodes { hash session { sessionId } } } }");
    // receipts, and for each of 7: nodes, hash, session, sessionId.
    const cost = { requested: 1 + 7 * 4, maximum: 10_000, depth: 4, maximumDepth: 16, aliases: 0, maximumAliases: 30 };
    expect(extensions.cost).toEqual(cost);
  });

  it.each([
    [{}, 1 + 20 * 2],
    [{ n: 3 }, 1 + 3 * 2],
    [{ n: null }, 1 + 20 * 2],
  ])("count a connection by its page size: %j", async (variables, requested) => {
    const { extensions } = await api.query("query ($n: Int) { receipts(first: $n) { nodes { hash } } }", variables);
    expect(extensions.cost.requested).toBe(requested);
  });

  it.each([
    ["edges { node { hash } }", 1 + 20 * 3],
    ["pageInfo { endCursor }", 1 + 20 * 2],
  ])("count %s once for each item of the page", async (selection, requested) => {
    expect((await api.query(`{ receipts { ${selection} } }`)).extensions.cost.requested).toBe(requested);
  });

  it("are kept before anything is read", async () => {
    reads = 0;
    const nested = "receipts(first: 100) { nodes { session { receipts(first: 100) { nodes { hash } } } } }";
    const { errors, data } = await api.query(`{ ${nested} }`);
    expect(errors).toMatchObject([
      { extensions: { code: "BAD_REQUEST", details: { field: "cost", available: 10_000 } } },
    ]);
    expect([data, reads]).toEqual([undefined, 0]);
    await api.query("{ meta { block } }");
    expect(reads).toBe(1);
  });

  it("look at the operation that runs, not at the first one", async () => {
    const dear = "receipts(first: 100) { nodes { session { receipts(first: 100) { nodes { hash } } } } }";
    const operations = `query Cheap { __typename } query Dear { ${dear} }`;
    expect((await api.query(operations, {}, "Cheap")).errors).toEqual([]);
    expect((await api.query(operations, {}, "Dear")).errors).toMatchObject([
      { extensions: { details: { field: "cost" } } },
    ]);
  });

  const deep = `{ receipts { nodes ${"{ session { receipts(first: 1) { nodes ".repeat(5)} { id } ${"} } }".repeat(5)} } }`;
  const aliased = `{ ${Array.from({ length: 31 }, (_, index) => `a${index}: __typename`).join(" ")} }`;
  const spread = `{ ...f } fragment f on Query ${aliased}`;
  it.each([
    ["depth", deep],
    ["aliases", aliased],
    ["aliases", spread],
  ])("bound the %s", async (field, query) => {
    const { errors } = await api.query(query);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_REQUEST", details: { field } } }]);
  });

  it("bound the tokens of the document", async () => {
    const { errors } = await api.query(`{ ${"__typename ".repeat(2_001)} }`);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_REQUEST" } }]);
  });
});
