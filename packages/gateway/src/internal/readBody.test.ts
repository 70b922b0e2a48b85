import { createServer, request as httpRequest, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { isJoulemintError } from "@joulemint/protocol/JoulemintError";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBody } from "./readBody.ts";

const results: (string | number)[] = [];
const server = createServer(async (request, response) => {
  results.push(
    await readBody(request, 1_000, new AbortController().signal).then(
      (body) => body.length,
      (error: unknown) => (isJoulemintError(error) ? error.code : String(error)),
    ),
  );
  response.setHeader("connection", "close").end();
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise<void>((resolve) => void server.close(() => resolve())));

async function send(write: (request: ReturnType<typeof httpRequest>) => void, headers: Record<string, string>) {
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    const request = httpRequest({ port, host: "127.0.0.1", method: "POST", headers, agent: false });
    request.on("error", () => resolve());
    request.on("response", (response: IncomingMessage) => response.resume().on("close", resolve));
    write(request);
  });
  await expect.poll(() => results.length).toBeGreaterThan(0);
  return results.pop();
}

describe("readBody", () => {
  it("takes a body up to the cap, with its length declared or not", async () => {
    expect(await send((request) => request.end("x".repeat(1_000)), { "content-length": "1000" })).toBe(1_000);
    expect(await send((request) => request.end("x".repeat(1_000)), { "transfer-encoding": "chunked" })).toBe(1_000);
    expect(await send((request) => request.end(), {})).toBe(0);
  });

  it("refuses more, without reading it when the length says so", async () => {
    expect(await send((request) => request.flushHeaders(), { "content-length": "1001" })).toBe("BODY_TOO_LARGE");
    expect(await send((request) => request.write("x".repeat(1_001)), { "transfer-encoding": "chunked" })).toBe(
      "BODY_TOO_LARGE",
    );
  });

  it("refuses a body that ends early, and an encoded one", async () => {
    const cut = (request: ReturnType<typeof httpRequest>) => request.write("x", () => request.destroy());
    expect(await send(cut, { "content-length": "10" })).toBe("BAD_REQUEST");
    expect(await send((request) => request.end("x"), { "content-encoding": "gzip" })).toBe("BAD_REQUEST");
  });
});
