import type { Worker } from "node:worker_threads";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { PROSE } from "./internal/testing/TestTwin.ts";
import { startTwinWorker } from "./startTwinWorker.ts";

const threads = vi.hoisted((): Worker[] => []);
vi.mock("node:worker_threads", async (original) => {
  const real = await original<typeof import("node:worker_threads")>();
  return {
    ...real,
    Worker: class extends real.Worker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        threads.push(this);
      }
    },
  };
});

describe("startTwinWorker", () => {
  beforeEach(() => {
    threads.length = 0;
  });

  it("serves from a thread of its own until it is closed", async () => {
    const { url, close } = await startTwinWorker({
      corpus: { texts: PROSE },
      modelName: "toy",
      speed: { tokensPerSecond: Number.POSITIVE_INFINITY },
    });
    const body = JSON.stringify({
      model: "toy",
      messages: [{ role: "user", content: "hi" }],
      twin: { outputTokens: 5 },
    });
    const response = await fetch(`${url}/v1/chat/completions`, { method: "POST", body });
    expect(await response.json()).toMatchObject({ model: "toy", usage: { completion_tokens: 5 } });
    await close();
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  it("rejects with the reason why the twin cannot start", async () => {
    await expect(startTwinWorker({ corpus: { texts: [] } })).rejects.toThrow("the corpus has no text");
  });

  it.each([
    ["fails", (thread?: Worker) => void thread?.emit("error", new Error("out of memory")), "out of memory"],
    ["ends", (thread?: Worker) => thread?.terminate(), "ended with code 1"],
  ])("tells when the thread %s", async (_, end, reason) => {
    const { failed, close } = await startTwinWorker({ corpus: { texts: PROSE } });
    await end(threads[0]);
    await expect(failed).rejects.toThrow(reason);
    await close();
  });

  it("does not fail when it is closed", async () => {
    const { failed, close } = await startTwinWorker({ corpus: { texts: PROSE } });
    await close();
    expect(await Promise.race([failed, "open"])).toBe("open");
  });
});
