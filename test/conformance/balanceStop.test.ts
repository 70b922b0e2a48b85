import { longAnswer } from "@joulemint/gateway/testing/longAnswer";
import { flatCard } from "@joulemint/gateway/testing/meteredSession";
import { MODEL, openTestGateway, type TestGateway } from "@joulemint/gateway/testing/openTestGateway";
import OpenAI from "openai";
import { ChatCompletionStream } from "openai/lib/ChatCompletionStream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const messages = [{ role: "user" as const, content: "Tell me all of it." }];

describe("the stock OpenAI client, when the balance ends", () => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await openTestGateway();
  });
  afterAll(() => test.close());

  const open = async (credits: bigint) => {
    const { apiKey } = await test.openSession({ credits, rateCard: flatCard });
    return new OpenAI({ baseURL: `${test.url}/v1`, apiKey, maxRetries: 0 });
  };

  it("keeps the text of a stream, as of an answer that reached its limit, and its receipt says why", async () => {
    const client = await open(1_000n);
    test.upstream.answer = longAnswer();
    const { data, response } = await client.chat.completions
      .create({ model: MODEL, messages, max_tokens: 50_000, stream: true, stream_options: { include_usage: true } })
      .withResponse();
    // The client's own way of putting a stream together, which refuses what is not whole.
    const completion = ChatCompletionStream.fromReadableStream(data.toReadableStream()).finalChatCompletion();
    const { choices, usage } = await completion;
    expect(choices).toMatchObject([{ finish_reason: "length", message: { content: " word".repeat(980) } }]);
    expect(usage).toMatchObject({ prompt_tokens: 20, completion_tokens: 980, total_tokens: 1_000 });
    const { receipt } = await test.receiptOf(response);
    expect(receipt).toMatchObject({ charge: 1_000n, finishReason: "balance", flags: ["stopped_at_balance"] });
  });

  it("is told what is missing, and what there is", async () => {
    const client = await open(300n);
    await expect(client.chat.completions.create({ model: MODEL, messages, stream: true })).rejects.toMatchObject({
      status: 402,
      code: "INSUFFICIENT_CREDIT",
      error: { available: "300", needed: expect.stringMatching(/^3\d\d$/) as string },
    });
  });
});
