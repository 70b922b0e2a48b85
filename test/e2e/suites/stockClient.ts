import { fetchReceipt } from "@joulemint/app/client/fetchReceipt";
import OpenAI from "openai";
import { beforeAll, describe, expect, it } from "vitest";
import type { FactoryProcess } from "../../harness/startFactoryProcess.ts";

export function stockClient(running: () => FactoryProcess): void {
  describe("the stock OpenAI client, with only baseURL and apiKey changed", () => {
    let factory: FactoryProcess;
    let client: OpenAI;

    beforeAll(() => {
      factory = running();
      client = new OpenAI({ baseURL: `${factory.url}/v1`, apiKey: factory.apiKey, maxRetries: 0 });
    });

    const ask = (content: string) =>
      client.chat.completions
        .create({ model: factory.model, messages: [{ role: "user", content }], max_tokens: 200, seed: 7 })
        .withResponse();

    it("lists the model", async () => {
      const models = await client.models.list();
      expect(models.data.map(({ id }) => id)).toEqual([factory.model]);
    });

    it("chats: two prompts give two token counts, and each a receipt that says the same", async () => {
      const short = await ask("What is a joule?");
      const long = await ask("Who pays the operator, and what happens to the credits that nobody used in a session?");
      expect(short.data.usage?.prompt_tokens).toBeLessThan(long.data.usage?.prompt_tokens ?? 0);
      expect(short.data.choices[0]?.message.content).not.toEqual(long.data.choices[0]?.message.content);
      for (const { data, response } of [short, long]) {
        const { receipt } = await fetchReceipt(factory.url, response.headers.get("x-joulemint-receipt") ?? "");
        expect(receipt.usageProvenance).toBe("final");
        expect(Number(receipt.input + receipt.cachedInput)).toBe(data.usage?.prompt_tokens);
        expect(Number(receipt.output)).toBe(data.usage?.completion_tokens);
        expect(receipt.energyProvenance).toBe("modelled");
        expect(receipt.energyMillijoules).toBeGreaterThan(0n);
      }
    });

    it("streams the same text that it answers in one piece", async () => {
      const messages = [{ role: "user" as const, content: "Tell me about the law of the ledger." }];
      const request = { model: factory.model, messages, max_tokens: 120, seed: 11 };
      const whole = await client.chat.completions.create(request);
      const stream = await client.chat.completions.create({ ...request, stream: true });
      let text = "";
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta.content ?? "";
        // Nobody asked for usage, so the chunk that the meter asked for must not arrive.
        expect(chunk.usage ?? null).toBeNull();
      }
      expect(text).toBe(whole.choices[0]?.message.content);
      expect(text.length).toBeGreaterThan(0);
    });

    it("streams usage to those who ask for it", async () => {
      const stream = await client.chat.completions.create({
        model: factory.model,
        messages: [{ role: "user", content: "Count." }],
        max_tokens: 40,
        stream: true,
        stream_options: { include_usage: true },
      });
      const usages = [];
      for await (const { usage } of stream) if (usage) usages.push(usage);
      expect(usages).toHaveLength(1);
      expect(usages[0]?.prompt_tokens).toBeGreaterThan(0);
    });

    it("refuses an unknown key and an unknown model as OpenAI does", async () => {
      const stranger = new OpenAI({ baseURL: `${factory.url}/v1`, apiKey: "jm_nobody", maxRetries: 0 });
      const messages = [{ role: "user" as const, content: "hi" }];
      await expect(stranger.chat.completions.create({ model: factory.model, messages })).rejects.toMatchObject({
        status: 401,
        code: "INVALID_API_KEY",
      });
      await expect(client.chat.completions.create({ model: "gpt-unknown", messages })).rejects.toMatchObject({
        status: 404,
        code: "MODEL_NOT_FOUND",
      });
    });
  });
}
