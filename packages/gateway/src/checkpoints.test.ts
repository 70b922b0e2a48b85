import { checkpoints } from "@joulemint/protocol/checkpoints";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { longAnswer } from "./testing/longAnswer.ts";
import { openMeteredSession } from "./testing/meteredSession.ts";
import { completion } from "./testing/openAiAnswers.ts";
import { openTestGateway, type TestGateway } from "./testing/openTestGateway.ts";

const names = ["holdPlaced", "streamDelivered", "answerEnded", "callCaptured"] as const;

let test: TestGateway;
beforeAll(async () => {
  test = await openTestGateway();
}, 60_000);
afterAll(() => test.close(), 60_000);

describe("the checkpoints of a call", () => {
  /** What was published, and how many calls the upstream had got by then. */
  let passed: { name: string; message: unknown; dispatched: number }[] = [];
  const listeners = names.map((name) => {
    const listener = (message: unknown) => {
      passed.push({ name, message, dispatched: test.upstream.calls.length });
    };
    return { name, listener };
  });
  beforeEach(() => {
    passed = [];
    for (const { name, listener } of listeners) checkpoints[name].subscribe(listener);
  });
  afterEach(() => {
    for (const { name, listener } of listeners) checkpoints[name].unsubscribe(listener);
  });

  it("are passed in order by a stream, and name it", async () => {
    const { ask, expectSettled } = await openMeteredSession(test);
    test.upstream.answer = longAnswer({ words: 3 });
    const before = test.upstream.calls.length;
    const answer = await ask();
    await answer.text();
    const order = passed.map(({ name }) => name).filter((name, index, all) => name !== all[index - 1]);
    expect(order).toEqual(["holdPlaced", "streamDelivered", "answerEnded", "callCaptured"]);
    const id = answer.headers.get("x-joulemint-receipt");
    expect(passed.every(({ message }) => (message as { id: string }).id === id)).toBe(true);
    expect(passed.map(({ dispatched }) => dispatched - before)).toEqual(passed.map((_, index) => Math.min(index, 1)));
    await expectSettled(await test.receiptOf(answer));
  });

  it("are passed by an answer in one piece, but for the stream's", async () => {
    const { ask } = await openMeteredSession(test);
    test.upstream.answer = (response) => response.end(completion("x", { prompt_tokens: 3, completion_tokens: 2 }));
    await ask({ stream: false });
    expect(passed.map(({ name }) => name)).toEqual(["holdPlaced", "answerEnded", "callCaptured"]);
  });

  it("end at the hold where nothing is charged", async () => {
    const { ask } = await openMeteredSession(test);
    test.upstream.answer = (response) => response.writeHead(500).end();
    await ask({ stream: false });
    expect(passed.map(({ name }) => name)).toEqual(["holdPlaced"]);
  });
});
