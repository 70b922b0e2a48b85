import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { graphql } from "./graphql.ts";

/** Answers every query with an error beside its data, as GraphQL does. */
const server = createServer((request, response) => {
  request.resume();
  response.end(JSON.stringify({ data: { meta: null }, errors: [{ message: "the ledger sleeps" }] }));
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

it("fails with GRAPHQL_FAILED on an answer with errors", async () => {
  const { port } = server.address() as AddressInfo;
  await expect(graphql(`http://127.0.0.1:${port}`, "{ meta { block } }")).rejects.toMatchObject({
    code: "GRAPHQL_FAILED",
    details: { message: "the ledger sleeps" },
  });
});
