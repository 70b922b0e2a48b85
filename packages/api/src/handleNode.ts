import type { IncomingMessage, ServerResponse } from "node:http";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";

interface FetchHandler {
  readonly graphqlEndpoint: string;
  readonly fetch: (url: string, init: RequestInit) => Response | Promise<Response>;
}

/** Takes a node:http request through a fetch handler: bodies are bounded, and a caller who leaves aborts the work. */
export async function handleNode(
  handler: FetchHandler,
  maximumBytes: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const url = new URL(request.url ?? "/", "http://localhost");
  if (url.pathname !== handler.graphqlEndpoint) return false;

  const body = request.method === "POST" ? await readBody(request, maximumBytes) : undefined;
  if (body === null) {
    const error = new JoulemintError("BODY_TOO_LARGE", { maximumBytes });
    const { message, ...extensions } = error.toJSON();
    response.writeHead(error.httpStatus, {
      "content-type": "application/json",
      "access-control-allow-origin": "*",
      connection: "close",
    });
    response.end(JSON.stringify({ errors: [{ message, extensions }] }));
    return true;
  }

  const abort = new AbortController();
  response.once("close", () => abort.abort());
  const answer = await handler.fetch(url.href, {
    method: request.method ?? "GET",
    headers: headersOf(request),
    body: body ?? null,
    signal: abort.signal,
  });
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
  return true;
}

function headersOf(request: IncomingMessage): [string, string][] {
  return Object.entries(request.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value] as [string, string]],
  );
}

/** `null`: more than `maximumBytes`; what is left is not read. */
async function readBody(request: IncomingMessage, maximumBytes: number): Promise<Buffer<ArrayBuffer> | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maximumBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
