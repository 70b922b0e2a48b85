import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Fuse } from "./Fuse.ts";
import { type Script, type ScriptUsage, usageAt } from "./Script.ts";

/**
 * An OpenAI-compatible server that does exactly what each call says, with usage on every chunk: so the books know to the
 * token what a disconnect must be charged. It serves one incarnation of the factory, and loses its connections with it.
 */
export async function startScriptedUpstream(fuse: Fuse): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const { script, stream, max_tokens: limit } = await readBody(request);
    if (script.end === "refuse") {
      response.writeHead(500, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { message: "out of order", type: "server_error" } }));
    } else if (stream) await answerStream(response, script, fuse);
    else {
      const message = { role: "assistant", content: "tok ".repeat(script.chunks) };
      const whole = usageAt(script, script.chunks);
      const used = script.end === "limit" ? { ...whole, output: limit, reasoning: 0 } : whole;
      const choices = [{ index: 0, message, finish_reason: script.end === "limit" ? "length" : "stop" }];
      response.setHeader("content-type", "application/json");
      response.end(completion({ choices, usage: usage(used) }));
    }
  });
  fuse.onBlow(() => server.close().closeAllConnections());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<{ script: Script; stream?: boolean; max_tokens: number }> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString());
}

async function answerStream(response: ServerResponse, script: Script, fuse: Fuse): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream" });
  const closed = new Promise<void>((resolve) => response.once("close", resolve));
  const send = (fields: object) => {
    const written = new Promise<void>((resolve) => response.write(`data: ${completion(fields)}\n\n`, () => resolve()));
    return Promise.race([written, closed]);
  };
  for (let chunk = 1; chunk <= script.chunks; chunk++) {
    const choices = [{ index: 0, delta: { content: "tok " }, finish_reason: null }];
    await fuse.pass(() => send({ choices, usage: usage(usageAt(script, chunk)) }));
  }
  if (script.end === "wait") return;
  if (script.end === "break") {
    // Ends the connection in order, so that every chunk arrives, but not the answer.
    response.socket?.end();
    return;
  }
  const whole = usage(usageAt(script, script.chunks));
  await send({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }], usage: whole });
  await send({ choices: [], usage: whole });
  response.end("data: [DONE]\n\n");
}

function completion(fields: object): string {
  return JSON.stringify({ id: "chatcmpl-1", object: "chat.completion", created: 1, model: "scripted", ...fields });
}

function usage({ input, cached, output, reasoning }: ScriptUsage): object {
  const [prompt, completionTokens] = [input + cached, output + reasoning];
  return {
    prompt_tokens: prompt,
    completion_tokens: completionTokens,
    total_tokens: prompt + completionTokens,
    prompt_tokens_details: { cached_tokens: cached },
    completion_tokens_details: { reasoning_tokens: reasoning },
  };
}
