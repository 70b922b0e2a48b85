import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openMeteredSession, untouched } from "./testing/meteredSession.ts";
import { chunk, completion, DONE, usageChunk } from "./testing/openAiAnswers.ts";
import { MODEL, openTestGateway, type TestGateway } from "./testing/openTestGateway.ts";

let test: TestGateway;
beforeAll(async () => {
  test = await openTestGateway();
}, 60_000);
afterAll(() => test.close(), 60_000);

const open = (credits?: bigint) => openMeteredSession(test, credits);
const words = [" one", " two", " three"].map((content) => chunk({ content }));
/** A word with the engine's count so far. */
const running = (n: number, content = ` w${n}`) =>
  chunk({ content }, null, { prompt_tokens: 20, completion_tokens: n });

/** Asks for a stream over a socket of its own. */
function call(apiKey: string): Socket {
  const { hostname, port } = new URL(test.url);
  const messages = [{ role: "user", content: "Hello" }];
  const body = JSON.stringify({ model: MODEL, messages, stream: true, max_tokens: 50 });
  const socket = connect(Number(port), hostname);
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${apiKey}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  return socket;
}

/** Hears at least so many bytes of the answer's body, hangs up, and gives the id of the receipt. */
async function leaveAfter(bytes: number, apiKey: string): Promise<string> {
  const socket = call(apiKey);
  let heard = Buffer.alloc(0);
  for await (const data of socket) {
    heard = Buffer.concat([heard, data as Buffer]);
    const head = heard.indexOf("\r\n\r\n");
    if (head !== -1 && heard.length - head - 4 >= bytes) break;
  }
  socket.resetAndDestroy();
  return /x-joulemint-receipt: (\S+)/i.exec(heard.toString())?.[1] ?? "";
}

describe("a caller who leaves", () => {
  it("stops the upstream and pays for what was produced until then, wherever that is", async () => {
    const size = running(1).length;
    for (let at = 0; at < size * 10; at += Math.floor((size * 10) / 14)) {
      const { apiKey, expectSettled } = await open();
      let made = 0;
      const stopped = new Promise<void>((resolve) => {
        test.upstream.answer = async (response) => {
          response.on("close", resolve);
          response.writeHead(200);
          while (!response.destroyed && made < 1_000) {
            response.write(running(++made));
            await new Promise((next) => setTimeout(next, 2));
          }
        };
      });
      const document = await test.receiptOf(await leaveAfter(at, apiKey));
      await stopped;
      expect(made).toBeLessThan(1_000);
      const { produced, delivered, input, output, flags, usageProvenance, finishReason } = document.receipt;
      expect({ usageProvenance, finishReason, flags, input }).toEqual({
        usageProvenance: "continuous",
        finishReason: "disconnect",
        flags: [],
        input: 20n,
      });
      expect(output).toBe(produced);
      expect(produced).toBeLessThanOrEqual(BigInt(made));
      expect(delivered).toBeLessThanOrEqual(produced);
      // The caller heard this much, without the framing of the transfer and the usage that was taken out.
      expect(delivered).toBeGreaterThanOrEqual(BigInt(Math.floor(at / (size + 10))));
      await expectSettled(document);
    }
  }, 60_000);

  it("is charged by count where the upstream tells no running usage", async () => {
    const { apiKey, expectSettled } = await open();
    const body = words.slice(0, 2).join("");
    test.upstream.answer = (response) => response.writeHead(200).write(body);
    const document = await test.receiptOf(await leaveAfter(body.length, apiKey));
    expect(document.receipt).toMatchObject({
      usageProvenance: "counted",
      finishReason: "disconnect",
      input: 1n,
      output: 2n,
      produced: 2n,
      delivered: 2n,
      flags: ["usage_missing"],
    });
    await expectSettled(document);
  });

  it("after the last byte has not left early", async () => {
    const { apiKey, expectSettled } = await open();
    const usage = usageChunk({ prompt_tokens: 20, completion_tokens: 3 });
    test.upstream.answer = (response) =>
      response.writeHead(200).end([...words, chunk({}, "stop"), usage, DONE].join(""));
    const body = [...words, chunk({}, "stop"), DONE].join("");
    const document = await test.receiptOf(await leaveAfter(body.length, apiKey));
    expect(document.receipt).toMatchObject({ usageProvenance: "final", produced: 3n, delivered: 3n });
    await expectSettled(document);
  });

  it("before the first byte of a stream pays nothing, and stops the upstream", async () => {
    const { apiKey, session } = await open();
    const aborted = test.upstream.aborted;
    const leaving = new AbortController();
    test.upstream.answer = () => leaving.abort();
    await expect(test.chat(apiKey, { stream: true, max_tokens: 5 }, { signal: leaving.signal })).rejects.toThrow();
    await expect.poll(() => test.meter(session)).toEqual(untouched);
    await expect.poll(() => test.upstream.aborted).toBe(aborted + 1);
  });

  it.each(["before", "after"])("%s the head of an answer that is not streamed pays for all of it", async (when) => {
    const { apiKey, session, expectSettled } = await open();
    const leaving = new AbortController();
    test.upstream.answer = async (response) => {
      if (when === "after") response.writeHead(200).flushHeaders();
      leaving.abort();
      // Long enough for the gateway to see that the caller is gone.
      await new Promise((resolve) => setTimeout(resolve, 100));
      response.end(completion("one two", { prompt_tokens: 20, completion_tokens: 2 }));
    };
    await expect(test.chat(apiKey, { max_tokens: 5 }, { signal: leaving.signal })).rejects.toThrow();
    await expect.poll(() => test.meter(session)).toMatchObject({ held: 0n, sequence: 1n });
    const { id } = await test.ledger.db
      .selectFrom("usage_event")
      .select("id")
      .where("session", "=", session)
      .executeTakeFirstOrThrow();
    const document = await test.receiptOf(id);
    expect(document.receipt).toMatchObject({
      usageProvenance: "final",
      finishReason: "disconnect",
      input: 20n,
      produced: 2n,
      delivered: 0n,
    });
    await expectSettled(document);
  });
});

describe("a caller who does not read", () => {
  it("holds the upstream back, fills no memory, and had less delivered than was produced", async () => {
    const { apiKey, session } = await open(10_000_000n);
    let written = 0;
    test.upstream.answer = async (response) => {
      const closed = once(response, "close");
      response.writeHead(200);
      while (!response.destroyed && written < 2_000) {
        if (!response.write(running(++written, "x".repeat(60_000))))
          await Promise.race([once(response, "drain"), closed]);
      }
    };
    const socket = call(apiKey).pause();
    const stalled = async () => {
      const before = written;
      await new Promise((resolve) => setTimeout(resolve, 200));
      return before > 0 && before === written;
    };
    await expect.poll(stalled, { timeout: 10_000 }).toBe(true);
    // The rest of 120 MB stands in front of the gateway, not in it.
    expect(written).toBeLessThan(600);
    socket.resetAndDestroy();
    await expect.poll(async () => (await test.meter(session)).sequence, { timeout: 20_000 }).toBe(1n);
    const event = await test.ledger.db
      .selectFrom("usage_event")
      .select(["produced", "delivered", "output", "finish_reason"])
      .where("session", "=", session)
      .executeTakeFirstOrThrow();
    expect(event).toMatchObject({ finish_reason: "disconnect", output: event.produced });
    expect(event.produced).toBeLessThanOrEqual(BigInt(written));
    expect(event.delivered).toBeGreaterThan(0n);
    expect(event.delivered).toBeLessThan(event.produced);
  }, 60_000);
});
