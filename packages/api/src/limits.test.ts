import type { Ledger } from "@joulemint/ledger/Ledger";
import { writeTestHistory } from "@joulemint/ledger/read/testing/writeTestHistory";
import { eachLedger } from "@joulemint/ledger/testing/eachLedger";
import { checksumAddress } from "@joulemint/protocol/checksumAddress";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveApi } from "./testing/serveApi.ts";

/** A ledger that counts its queries, and lets something happen just before the next one. */
function watched(ledger: Ledger) {
  const watch = { queries: 0, before: undefined as (() => void) | undefined };
  const db = ledger.db.withPlugin({
    transformQuery: ({ node }) => {
      watch.queries += 1;
      watch.before?.();
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  return { watch, ledger: { ...ledger, db } satisfies Ledger };
}

eachLedger("a request", (subject) => {
  let api: Awaited<ReturnType<typeof serveApi>>;
  let watch: ReturnType<typeof watched>["watch"];
  let model: string;
  const seen: unknown[] = [];
  beforeAll(async () => {
    ({ model } = await writeTestHistory(subject.ledger));
    const spied = watched(subject.ledger);
    watch = spied.watch;
    api = await serveApi({ ledger: spied.ledger, onError: (error) => seen.push(error) });
  });
  afterAll(() => api.close());

  const codes = async (query: string, variables = {}) =>
    (await api.query(query, variables)).errors.map(({ extensions }) => extensions.code);

  describe("limits", () => {
    it("tell the cost with every answer", async () => {
      const { extensions } = await api.query("{ receipts(first: 7) { nodes { hash session { sessionId } } } }");
      // receipts, and for each of 7: nodes, hash, session, sessionId.
      expect(extensions.cost).toMatchObject({ requested: 1 + 7 * 4, maximum: 10_000, depth: 4 });
    });

    it("count a connection by its page size, by variables too", async () => {
      const query =
        "query ($n: Int) { receipts(first: $n) { nodes { session { receipts(first: $n) { nodes { hash } } } } } }";
      watch.queries = 0;
      const { errors, extensions, data } = await api.query(query, { n: 100 });
      expect(errors[0]?.extensions).toMatchObject({
        code: "BAD_REQUEST",
        details: { field: "cost", available: 10_000 },
      });
      expect(extensions.cost.requested).toBeGreaterThan(10_000);
      expect([data, watch.queries]).toEqual([undefined, 0]);
      expect(await codes(query, { n: 10 })).toEqual([]);
    });

    it("look at the operation that runs, not at the first one", async () => {
      const response = await fetch(api.url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          operationName: "Dear",
          query: `query Cheap { __typename } query Dear { ${"abcdefghijkl".split("").map((name) => `${name}: reconciliation { difference }`)} }`,
        }),
      });
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "BAD_REQUEST" } }] });
    });

    it.each([
      [
        "depth",
        `{ receipts { nodes ${"{ session { receipts(first: 1) { nodes ".repeat(5)} { id } ${"} } }".repeat(5)} } }`,
      ],
      ["aliases", `{ ${Array.from({ length: 31 }, (_, index) => `a${index}: __typename`).join(" ")} }`],
    ])("bound the %s", async (field, query) => {
      const { errors } = await api.query(query);
      expect(errors[0]?.extensions).toMatchObject({ code: "BAD_REQUEST", details: { field } });
    });

    it("bound the document and the body", async () => {
      expect(await codes(`{ ${"__typename ".repeat(2_001)} }`)).toEqual(["BAD_REQUEST"]);
      const { status, errors } = await api.query(`{ __typename } #${"x".repeat(100_000)}`);
      expect([status, errors[0]?.extensions.code]).toEqual([413, "BODY_TOO_LARGE"]);
    });
  });

  describe("snapshot", () => {
    it("is one for all fields, and later writes do not show in it", async () => {
      const rename = (name: string) =>
        subject.ledger.db.updateTable("model").set({ name }).where("address", "=", model).execute();
      let renamed: Promise<unknown> | undefined;
      // After the first read of the request has begun, somebody writes.
      watch.before = () => {
        if (watch.queries > 1) renamed ??= rename("Renamed");
      };
      watch.queries = 0;
      const { data } = await api.query(
        `{ models { nodes { name offerings { nodes { model { name } sessions: offeringId } } } } a: model(address: "${model}") { name } }`,
      );
      watch.before = undefined;
      await renamed;
      expect(renamed).toBeDefined();
      expect(JSON.stringify(data)).not.toContain("Renamed");
      expect(await api.query(`{ model(address: "${model}") { name } }`)).toMatchObject({
        data: { model: { name: "Renamed" } },
      });
      await rename("Test model");
    });

    it("ends with the request, also with one that failed, so that writers go on", async () => {
      const failing = '{ meta { block } receipt(id: "no") { id } settlements(first: 1000) { nodes { id } } }';
      expect(await codes(failing)).toEqual(["BAD_REQUEST", "BAD_REQUEST"]);
      await subject.ledger.db.updateTable("model").set({ symbol: "TEST" }).execute();
    });

    it("lets many requests and writers pass one another", async () => {
      const read = () =>
        codes("{ meta { block } reconciliation { difference } receipts { nodes { session { state } } } }");
      const write = () => subject.ledger.db.updateTable("model").set({ symbol: "TEST" }).execute();
      const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? read() : write())));
      expect(answers.filter((_, index) => index % 2 === 0).flat()).toEqual([]);
    });

    it("opens for reads only, and reads level by level instead of row by row", async () => {
      watch.queries = 0;
      await api.query("{ __schema { queryType { name } } __typename }");
      expect(watch.queries).toBe(0);
      await api.query(
        "{ receipts { nodes { usageEvent { produced } session { offering { model { paymentToken { symbol } } } } settlement { rows { reason } release { amount { raw } } } } } }",
      );
      // receipts, usage events, sessions, offerings, models, payment tokens, covering settlements, settlements, rows, releases.
      expect(watch.queries).toBe(10);
    });
  });

  describe("errors", () => {
    it("tell nothing of what went wrong inside, and the log all of it", async () => {
      seen.length = 0;
      watch.before = () => {
        throw new Error("secret: password of the database");
      };
      const { errors, data } = await api.query("{ meta { block } }");
      watch.before = undefined;
      expect(data).toEqual({ meta: null });
      expect(JSON.stringify(errors)).not.toContain("secret");
      expect(errors).toMatchObject([{ path: ["meta"], extensions: { code: "INTERNAL" } }]);
      expect(String(seen)).toContain("secret");
    });

    it.each([
      ["a document that cannot be parsed", "{ meta {"],
      ["a field that does not exist", "{ nothing }"],
      ["a mutation", "mutation { a }"],
      ["an operation that cannot be chosen", "query A { __typename } query B { __typename }"],
      ["an address that is none", '{ account(address: "0x12") { id } }'],
      ["a filter that is no hash", '{ receipts(where: { session: "zz" }) { nodes { id } } }'],
      ["a filter that is no address", '{ sessions(where: { owner: "0x12" }) { nodes { id } } }'],
    ])("name the code for %s", async (_, query) => {
      expect(await codes(query)).toEqual(["BAD_REQUEST"]);
    });
  });

  describe("HTTP", () => {
    it("answers GET, to any origin", async () => {
      const query = encodeURIComponent(`{ model(address: "${checksumAddress(model)}") { symbol } }`);
      const response = await fetch(`${api.url}?query=${query}`, { headers: { origin: "https://dapp.example" } });
      expect(response.headers.get("access-control-allow-origin")).toBe("https://dapp.example");
      expect(response.headers.get("access-control-allow-credentials")).toBeNull();
      expect(await response.json()).toMatchObject({ data: { model: { symbol: "TEST" } } });
    });

    it("leaves other paths alone", async () => {
      expect((await fetch(api.url.replace("/graphql", "/v1/models"))).status).toBe(404);
    });

    it("serves GraphiQL from our own files only, with the saved queries", async () => {
      const page = await fetch(api.url, { headers: { accept: "text/html" } });
      const html = await page.text();
      expect(page.headers.get("content-type")).toContain("text/html");
      expect(html.match(/<(script|link|img|iframe)[^>]+(src|href)="(https?:)?\/\/[^>]*>/g)).toBeNull();
      expect(html.match(/@import|url\(["']?(https?:)?\/\//g)).toBeNull();
      expect(html).toContain("query FromCallToClaim");
    });
  });
});
