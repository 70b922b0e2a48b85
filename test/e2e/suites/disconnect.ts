import { setTimeout as sleep } from "node:timers/promises";
import { fetchReceipt } from "@joulemint/app/client/fetchReceipt";
import { rate } from "@joulemint/economics/rate";
import { describe, expect, it } from "vitest";
import type { FactoryProcess } from "../../harness/startFactoryProcess.ts";

/** Its twin must take its time: some hundred tokens a second. */
export function disconnect(running: () => FactoryProcess): void {
  describe("a client that disconnects mid-stream", () => {
    it("is charged for what was produced until then, by the inference server's own count", async () => {
      const factory = running();
      const abort = new AbortController();
      const response = await fetch(`${factory.url}/v1/chat/completions`, {
        method: "POST",
        headers: { authorization: `Bearer ${factory.apiKey}`, "content-type": "application/json" },
        body: JSON.stringify({
          model: factory.model,
          messages: [{ role: "user", content: "A long story, please." }],
          stream: true,
          max_tokens: 500,
          twin: { outputTokens: 500 },
        }),
        signal: abort.signal,
      });
      const reader = response.body?.getReader();
      await reader?.read();
      await sleep(600);
      abort.abort();

      const { receipt, rateCard } = await fetchReceipt(factory.url, response.headers.get("x-joulemint-receipt") ?? "");
      expect(receipt).toMatchObject({ finishReason: "disconnect", usageProvenance: "continuous" });
      expect(receipt.produced).toBeGreaterThan(5n);
      expect(receipt.produced).toBeLessThan(400n);
      expect(receipt.output).toBe(receipt.produced);
      expect(receipt.delivered).toBeLessThanOrEqual(receipt.produced);
      expect(receipt.charge).toBe(rate({ input: receipt.input, output: receipt.output }, rateCard));
      const { reconciliation } = await factory.client.query<{ reconciliation: { difference: string } }>(
        "{ reconciliation { difference } }",
      );
      expect(reconciliation.difference).toBe("0");
    });
  });
}
