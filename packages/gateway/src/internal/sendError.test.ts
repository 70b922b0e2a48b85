import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sendError } from "./sendError.ts";

const server = createServer((_, response) => void sendError(response, new JoulemintError("BODY_TOO_LARGE", {})));
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

describe("sendError", () => {
  it("is heard by a caller who sends all of a large body before it listens", async () => {
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    const body = Buffer.alloc(30 << 20);
    socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`);
    socket.write(body);
    const heard = await text(socket);
    expect(heard).toContain("HTTP/1.1 413");
    expect(heard.toLowerCase()).toContain("connection: close");
    expect(heard).toContain("BODY_TOO_LARGE");
  });
});
