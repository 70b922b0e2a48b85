import { afterAll, beforeAll, expect, it } from "vitest";
import { brokenLedger } from "../testing/brokenLedger.ts";
import { serveApi } from "../testing/serveApi.ts";

let api: Awaited<ReturnType<typeof serveApi>>;
beforeAll(async () => {
  api = await serveApi({ ledger: brokenLedger(), onError: () => {} });
});
afterAll(() => api.close());

it("can be asked for once in an operation: it reads every row of the ledger", async () => {
  const one = "{ reconciliation { difference findings { bucket } } }";
  expect((await api.query(one)).errors).not.toMatchObject([{ extensions: { code: "BAD_REQUEST" } }]);
  const { errors } = await api.query("{ a: reconciliation { difference } b: reconciliation { difference } }");
  expect(errors).toMatchObject([{ extensions: { code: "BAD_REQUEST", details: { field: "cost" } } }]);
});
