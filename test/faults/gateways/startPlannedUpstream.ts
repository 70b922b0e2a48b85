import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What an inference server is told to do with a call, in the call's own field `twin`, which no bound of the input counts. */
interface AnswerPlan {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Milliseconds to the first byte, and of a stream from there to the end. */
  readonly thinkMs: number;
  readonly lingerMs: number;
}

export interface PlannedUpstream {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * An OpenAI-compatible server that says of each call what the call says. A stream tells all its usage with its first
 * chunk: a caller who leaves after it has everything to pay, one who leaves before it nothing.
 */
export async function startPlannedUpstream(): Promise<PlannedUpstream> {
  const server = createServer(async (request, response) => {
    if (request.url === "/metrics") return response.writeHead(404).end();
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { twin, stream } = JSON.parse(Buffer.concat(parts).toString()) as { twin: AnswerPlan; stream?: boolean };
    await sleep(twin.thinkMs);
    if (stream === true) await answerStream(response, twin);
    else {
      const message = { role: "assistant", content: "tok" };
      response.setHeader("content-type", "application/json");
      response.end(completion({ choices: [{ index: 0, message, finish_reason: "stop" }], usage: usage(twin) }));
    }
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function answerStream(response: ServerResponse, plan: AnswerPlan): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream" });
  const send = (fields: object) => response.write(`data: ${completion(fields)}\n\n`);
  send({ choices: [{ index: 0, delta: { content: "tok" }, finish_reason: null }], usage: usage(plan) });
  await sleep(plan.lingerMs);
  send({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }], usage: usage(plan) });
  response.end("data: [DONE]\n\n");
}

function completion(fields: object): string {
  return JSON.stringify({ id: "chatcmpl-1", object: "chat.completion", created: 1, model: "planned", ...fields });
}

function usage({ inputTokens, outputTokens }: AnswerPlan): object {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
  };
}
