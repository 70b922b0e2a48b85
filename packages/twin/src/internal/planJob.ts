import { Answer } from "./Answer.ts";
import { ApiError } from "./ApiError.ts";
import type { ChatRequest } from "./ChatRequest.ts";
import { Continuation } from "./Continuation.ts";
import type { Job } from "./Engine.ts";
import type { NgramModel } from "./NgramModel.ts";
import { renderMessages } from "./renderMessages.ts";
import type { Tokenizer } from "./Tokenizer.ts";

/** A chunk of a stream carries up to 32 tokens; without a stream there is no need to come back so often. */
const STREAM_STRIDE = 32;
const WHOLE_STRIDE = 512;

/** A sized job that nobody listens to yet. */
export type Plan = Omit<Job, "begin" | "emit">;

export interface PlanOptions {
  readonly model: NgramModel;
  readonly tokenizer: Tokenizer;
  readonly maxModelLen: number;
  readonly defaultMaxTokens: number;
  /** For requests without a seed of their own. */
  readonly nextSeed: () => number;
}

/** Sizes a request. Throws `ApiError` 400 if its sizes contradict each other or exceed the model's length. */
export function planJob(request: ChatRequest, options: PlanOptions): Plan {
  const { model, tokenizer, maxModelLen, defaultMaxTokens, nextSeed } = options;
  const promptTokens = request.inputTokens ?? tokenizer.count(renderMessages(request.messages));
  const cachedTokens = request.cachedTokens ?? 0;
  if (cachedTokens > promptTokens) {
    const message = `twin.cachedTokens is ${cachedTokens}, more than the ${promptTokens} tokens of the prompt`;
    throw new ApiError(400, "invalid_value", message, "twin.cachedTokens");
  }
  const room = maxModelLen - promptTokens;
  const asked = request.outputTokens ?? request.maxTokens ?? 1;
  if (asked > room) {
    const message = `the prompt has ${promptTokens} tokens and asks for ${asked} more; the model takes ${maxModelLen} in all`;
    throw new ApiError(400, "context_length_exceeded", message, "messages");
  }
  const exact = request.outputTokens !== undefined;
  const limit = request.outputTokens ?? request.maxTokens ?? Math.min(defaultMaxTokens, room);
  const reasonAtLimit = exact && limit !== request.maxTokens ? "stop" : "length";
  const prompt = request.messages.findLast(({ role }) => role === "user")?.text ?? renderMessages(request.messages);
  const seed = request.seed ?? nextSeed();
  const { temperature, stop } = request;
  const answers = Array.from({ length: request.choices }, (_, choice) => {
    const continuation = new Continuation(model, tokenizer, {
      prompt,
      temperature,
      seeds: [seed, choice],
      limit,
      exact,
    });
    return new Answer(continuation, stop, reasonAtLimit);
  });
  return { promptTokens, cachedTokens, answers, stride: request.stream ? STREAM_STRIDE : WHOLE_STRIDE };
}
