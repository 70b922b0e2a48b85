import type { ServerResponse } from "node:http";
import type { ChatRequest } from "./ChatRequest.ts";
import type { Engine } from "./Engine.ts";
import { EventStream } from "./EventStream.ts";
import type { Plan } from "./planJob.ts";
import { sendJson } from "./sendJson.ts";
import { usageOf } from "./Usage.ts";

export interface Heading {
  readonly id: string;
  readonly created: number;
  readonly model: string;
}

/** Runs the job and sends the whole completion as one JSON object. */
export async function answerWhole(
  engine: Engine,
  plan: Plan,
  heading: Heading,
  response: ServerResponse,
  signal: AbortSignal,
) {
  const texts = plan.answers.map(() => "");
  const emit = (index: number, text: string): undefined => {
    texts[index] += text;
  };
  await engine.run({ ...plan, emit }, signal);
  const choices = plan.answers.map(({ finishReason }, index) => ({
    index,
    message: { role: "assistant", content: texts[index] },
    logprobs: null,
    finish_reason: finishReason,
  }));
  sendJson(response, 200, { ...heading, object: "chat.completion", choices, usage: usageOf(plan) });
}

/** Runs the job and sends its text as it comes, with usage as far as `request` asks for it. */
export async function answerStream(
  engine: Engine,
  plan: Plan,
  heading: Heading,
  request: ChatRequest,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const events = new EventStream(response, signal);
  const send = (index: number, delta: object, finishReason: string | null) =>
    events.send({
      ...heading,
      object: "chat.completion.chunk",
      choices: [{ index, delta, logprobs: null, finish_reason: finishReason }],
      ...(request.continuousUsage ? { usage: usageOf(plan) } : request.includeUsage ? { usage: null } : {}),
    });
  const begin = async (): Promise<void> => {
    for (const choice of plan.answers.keys()) await send(choice, { role: "assistant", content: "" }, null);
  };
  const emit = async (index: number, text: string): Promise<void> => {
    if (text !== "") await send(index, { content: text }, null);
    const reason = plan.answers[index]?.finishReason ?? null;
    if (reason !== null) await send(index, {}, reason);
  };
  await engine.run({ ...plan, begin, emit }, signal);
  if (request.includeUsage) {
    await events.send({ ...heading, object: "chat.completion.chunk", choices: [], usage: usageOf(plan) });
  }
  events.end();
}
