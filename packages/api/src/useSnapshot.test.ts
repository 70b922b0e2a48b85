import type { Ledger } from "@joulemint/ledger/Ledger";
import { writeTestHistory } from "@joulemint/ledger/read/testing/writeTestHistory";
import { eachLedger } from "@joulemint/ledger/testing/eachLedger";
import { afterAll, beforeAll, expect, it } from "vitest";
import { serveApi } from "./testing/serveApi.ts";

/** A ledger that counts its queries, and lets something happen just before the next one. */
function watched(ledger: Ledger) {
  const watch = { queries: 0, before: undefined as (() => void) | undefined };
  const db = ledger.db.withPlugin({
    transformQuery: ({ node }) => {
      watch.before?.();
      return node;
    },
    transformResult: async ({ result }) => {
      watch.queries += 1;
      return result;
    },
  });
  return { watch, ledger: { ...ledger, db } satisfies Ledger };
}

eachLedger("the snapshot of a request", (subject) => {
  let api: Awaited<ReturnType<typeof serveApi>>;
  let watch: ReturnType<typeof watched>["watch"];
  let model: string;
  beforeAll(async () => {
    ({ model } = await writeTestHistory(subject.ledger));
    const spied = watched(subject.ledger);
    watch = spied.watch;
    api = await serveApi({ ledger: spied.ledger });
  });
  afterAll(() => api.close());

  const codes = async (query: string) => (await api.query(query)).errors.map(({ extensions }) => extensions.code);

  it("is one for all fields, and later writes do not show in it", async () => {
    const rename = (name: string) =>
      subject.ledger.db.updateTable("model").set({ name }).where("address", "=", model).execute();
    let renamed: Promise<unknown> | undefined;
    // After the first read of the request, somebody writes.
    watch.before = () => {
      if (watch.queries > 0) renamed ??= rename("Renamed");
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

  it("ends with a caller who leaves before the answer", async () => {
    const leave = new AbortController();
    watch.before = () => leave.abort();
    const body = JSON.stringify({
      query: "{ reconciliation { difference } receipts { nodes { session { state } } } }",
    });
    const headers = { "content-type": "application/json" };
    await expect(fetch(api.url, { method: "POST", headers, body, signal: leave.signal })).rejects.toThrow(/abort/);
    watch.before = undefined;
    await subject.ledger.db.updateTable("model").set({ symbol: "TEST" }).execute();
    expect(await codes("{ meta { block } }")).toEqual([]);
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

  it("counts buckets in one query where nobody asks whether they agree with their sources", async () => {
    watch.queries = 0;
    await api.query("{ reconciliation { credits { charged { raw } onHold { raw } } } }");
    expect(watch.queries).toBe(1);
    await api.query("{ reconciliation { difference } }");
    expect(watch.queries).toBeGreaterThan(2);
  });
});
