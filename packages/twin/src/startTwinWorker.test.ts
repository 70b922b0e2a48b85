import { describe, expect, it } from "vitest";
import { PROSE } from "./internal/testing/TestTwin.ts";
import { startTwinWorker } from "./startTwinWorker.ts";

describe("startTwinWorker", () => {
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
});
