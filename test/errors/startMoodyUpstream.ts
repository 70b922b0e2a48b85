import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface MoodyUpstream {
  readonly url: string;
  /** Lets every call go on that was asked to `hang`. */
  release(): void;
  close(): Promise<void>;
}

const usage = { prompt_tokens: 5, completion_tokens: 1 };
const answer = { id: "1", object: "chat.completion", created: 1, model: "moody" };
const message = { role: "assistant", content: "Fine." };

/**
 * An inference server whose mood is the last message of the call: `fail` answers 500, `vanish` cuts the connection,
 * `hang` waits for `release`, and anything else is answered.
 */
export async function startMoodyUpstream(): Promise<MoodyUpstream> {
  const waiting = new Set<() => void>();
  const server = createServer(async (request, response) => {
    if (request.method === "GET" && request.url !== "/v1/models") return json(response, 404, {});
    if (request.url === "/v1/models") return json(response, 200, { object: "list", data: [{ id: "moody" }] });
    const { mood, stream } = await readCall(request);
    if (mood === "fail") return json(response, 500, { error: { message: "out of order" } });
    if (mood === "vanish") return request.socket.destroy();
    const hung = mood === "hang" ? new Promise<void>((resolve) => waiting.add(resolve)) : Promise.resolve();
    if (!stream) {
      await hung;
      return json(response, 200, { ...answer, choices: [{ index: 0, message, finish_reason: "stop" }], usage });
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(event({ delta: message, finish_reason: null }));
    await hung;
    response.end(`${event({ delta: {}, finish_reason: "stop" })}data: [DONE]\n\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    release() {
      for (const resume of waiting) resume();
      waiting.clear();
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function readCall(request: IncomingMessage): Promise<{ mood: string; stream: boolean }> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const { messages, stream = false } = JSON.parse(Buffer.concat(parts).toString());
  return { mood: messages.at(-1).content, stream };
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

const event = (choice: object) =>
  `data: ${JSON.stringify({ ...answer, object: "chat.completion.chunk", choices: [{ index: 0, ...choice }], usage })}\n\n`;
