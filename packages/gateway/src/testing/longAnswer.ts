import { once } from "node:events";
import { chunk, DONE, usageChunk } from "./openAiAnswers.ts";
import type { UpstreamHandler } from "./startUpstream.ts";

export interface LongAnswer {
  /** Default: 20. */
  readonly prompt?: number;
  /** Words that it makes before it ends by itself. Default: without end. */
  readonly words?: number;
  /** Tokens of each word, by the engine's own count. */
  readonly tokensPerWord?: number;
  /** Whether each word comes with the count so far. Default: true. */
  readonly continuous?: boolean;
  /** Resolves when it may begin. */
  readonly after?: Promise<unknown>;
}

/** Streams a word for each turn of the event loop, as fast as it is read, until it is cut off. */
export function longAnswer(options: LongAnswer = {}): UpstreamHandler {
  const { prompt = 20, words = Number.POSITIVE_INFINITY, tokensPerWord = 1, continuous = true } = options;
  return async (response) => {
    const closed = once(response, "close");
    await options.after;
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(chunk({ role: "assistant", content: "" }));
    const usage = (made: number) => ({ prompt_tokens: prompt, completion_tokens: made * tokensPerWord });
    for (let made = 1; made <= words && !response.destroyed; made++) {
      const room = response.write(chunk({ content: " word" }, null, continuous ? usage(made) : undefined));
      if (!room) await Promise.race([once(response, "drain"), closed]);
      await new Promise((resolve) => setImmediate(resolve));
    }
    response.end(chunk({}, "stop") + (continuous ? usageChunk(usage(words)) : "") + DONE);
  };
}
