import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type UpstreamHandler = (
  response: ServerResponse,
  body: Record<string, unknown>,
  request: IncomingMessage,
) => unknown;

/** A scripted inference server: a real HTTP server that answers every call by whatever `answer` was set to. */
export interface TestUpstream {
  readonly url: string;
  answer: UpstreamHandler;
  /** The calls that came, oldest first. */
  readonly calls: { readonly body: Record<string, unknown>; readonly request: IncomingMessage }[];
  /** How many calls were cut off by the gateway before their answer ended. */
  aborted: number;
  close(): Promise<void>;
}

export async function startUpstream(): Promise<TestUpstream> {
  const upstream: Omit<TestUpstream, "url" | "close"> = {
    answer: (response) => response.writeHead(500).end(),
    calls: [],
    aborted: 0,
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
    response.on("close", () => {
      if (!response.writableFinished) upstream.aborted++;
    });
    upstream.calls.push({ body, request });
    await upstream.answer(response, body, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return Object.assign(upstream, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close });
}
