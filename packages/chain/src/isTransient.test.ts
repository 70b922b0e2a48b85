import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { BlockNotFoundError, createPublicClient, HttpRequestError, http, TimeoutError } from "viem";
import { describe, expect, it } from "vitest";
import { isTransient } from "./isTransient.ts";

const coded = (code: string) => Object.assign(new Error("refused"), { code });

describe("isTransient", () => {
  it.each([
    ["a node that answers with an HTTP error", new HttpRequestError({ url: "http://node", status: 503 })],
    ["a node that is too slow", new TimeoutError({ body: {}, url: "http://node" })],
    ["a node that is behind", new BlockNotFoundError({ blockNumber: 7n })],
    ["such an error inside another", new Error("call failed", { cause: new HttpRequestError({ url: "http://node" }) })],
    ["answers of two branches", new JoulemintError("CHAIN_UNAVAILABLE")],
    ["no ledger", new JoulemintError("LEDGER_UNAVAILABLE")],
    ["a database that is away", coded("ECONNREFUSED")],
    ["a database that is shutting down", coded("57P01")],
    ["a deadlock", coded("40P01")],
    ["a lost connection", new Error("Connection terminated unexpectedly")],
  ])("is so for %s", (_, error) => {
    expect(isTransient(error)).toBe(true);
  });

  it.each([
    ["another chain", new JoulemintError("CHAIN_REORG")],
    ["a wrong setting", new JoulemintError("CONFIG_INVALID")],
    ["a defect", new JoulemintError("INTERNAL", {}, { cause: coded("ECONNRESET") })],
    ["a broken constraint", coded("23514")],
    ["a number that is too large", coded("22003")],
    ["a missing table", coded("42P01")],
    ["anything unknown", new TypeError("undefined is not a function")],
    ["what is no error", "away"],
  ])("is not so for %s", (_, error) => {
    expect(isTransient(error)).toBe(false);
  });

  it("is so for a port where nobody listens", async () => {
    const client = createPublicClient({ transport: http("http://127.0.0.1:1", { retryCount: 0 }) });
    expect(isTransient(await client.getBlock().catch((error: unknown) => error))).toBe(true);
  });
});
