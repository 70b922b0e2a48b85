import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokenLedger } from "./testing/brokenLedger.ts";
import { serveApi } from "./testing/serveApi.ts";

let api: Awaited<ReturnType<typeof serveApi>>;
const log: unknown[] = [];
beforeAll(async () => {
  api = await serveApi({ ledger: brokenLedger(), onError: (error) => log.push(error) });
});
afterAll(() => api.close());

describe("errors", () => {
  it("tell nothing of what went wrong inside, and the log all of it", async () => {
    const { errors, data } = await api.query("{ meta { block } }");
    expect(data).toEqual({ meta: null });
    expect(JSON.stringify(errors)).not.toContain("secret");
    expect(errors).toMatchObject([{ path: ["meta"], extensions: { code: "INTERNAL", details: {} } }]);
    expect(String(log)).toContain("secret");
  });

  it("name the field, what was expected and what to do", async () => {
    const { errors } = await api.query("{ receipts(first: 101) { nodes { id } } }");
    const { code, details, remedy } = errors[0]?.extensions ?? {};
    expect([code, details]).toEqual(["BAD_REQUEST", { field: "first", expected: "0 to 100", actual: 101 }]);
    expect(remedy).toMatch(/field/);
  });

  it.each([
    ["a document that cannot be parsed", "{ meta {"],
    ["a field that does not exist", "{ nothing }"],
    ["a mutation", "mutation { a }"],
    ["an operation that cannot be chosen", "query A { __typename } query B { __typename }"],
    ["an address that is none", '{ account(address: "0x12") { id } }'],
    ["a filter that is no hash", '{ receipts(where: { session: "zz" }) { nodes { id } } }'],
    ["a filter that is no address", '{ sessions(where: { owner: "0x12" }) { nodes { id } } }'],
    ["a variable of another type", "query ($where: SessionFilter) { sessions(where: $where) { nodes { id } } }"],
  ])("have a code for %s", async (_, query) => {
    const { errors } = await api.query(query, { where: { owner: "0x12" } });
    expect(errors.map(({ extensions }) => extensions)).toEqual([
      {
        code: "BAD_REQUEST",
        title: expect.any(String),
        cause: expect.any(String),
        remedy: expect.any(String),
        details: expect.any(Object),
      },
    ]);
  });
});
