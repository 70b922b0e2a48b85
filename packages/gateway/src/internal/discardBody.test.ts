import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { discardBody } from "./discardBody.ts";

/** What is heard by a caller who declares a body of 1,000 bytes and sends some of them. */
async function send(bytes: number, limits: { bytes: number; ms: number }): Promise<string> {
  const server = createServer(async (request, response) => {
    await discardBody(request, limits);
    response.setHeader("connection", "close").end(`complete: ${request.complete}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n${"x".repeat(bytes)}`);
  const heard = await text(socket);
  await new Promise((resolve) => server.close(resolve));
  return heard;
}

describe("discardBody", () => {
  it.each([
    ["all of a body", 1_000, { bytes: 1_000, ms: 10_000 }, "complete: true"],
    ["no more than it may", 900, { bytes: 800, ms: 10_000 }, "complete: false"],
    ["no longer than it may", 900, { bytes: 1_000, ms: 20 }, "complete: false"],
  ])("reads %s", async (_, bytes, limits, heard) => {
    expect(await send(bytes, limits)).toContain(heard);
  });
});
