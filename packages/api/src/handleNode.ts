import type { IncomingMessage, ServerResponse } from "node:http";
import type { ErrorCode } from "@joulemint/protocol/errorCatalogue";
import { type ErrorDetails, JoulemintError } from "@joulemint/protocol/JoulemintError";

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
  const url = new URL(`http://localhost${request.url ?? "/"}`);
  if (url.pathname !== handler.graphqlEndpoint) return false;

  const abort = new AbortController();
  response.once("close", () => abort.abort());
  try {
    const body = request.method === "POST" ? await readBody(request, maximumBytes) : null;
    if (body === "too large") {
      refuse(response, "BODY_TOO_LARGE", { maximumBytes });
      return true;
    }
    const { method = "GET" } = request;
    const answer = await handler.fetch(url.href, { method, headers: headersOf(request), body, signal: abort.signal });
    const bytes = Buffer.from(await answer.arrayBuffer());
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(bytes);
  } catch (error) {
    // Who left needs no answer.
    if (!abort.signal.aborted) throw error;
  }
  return true;
}

function refuse(response: ServerResponse, code: ErrorCode, details: ErrorDetails): void {
  const error = new JoulemintError(code, details);
  const { message, ...extensions } = error.toJSON();
  // The rest of the body is not read, so that the connection is of no further use.
  const headers = { "content-type": "application/json", "access-control-allow-origin": "*", connection: "close" };
  response.writeHead(error.httpStatus, headers).end(JSON.stringify({ errors: [{ message, extensions }] }));
}

const headersOf = (request: IncomingMessage): [string, string][] =>
  Object.entries(request.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
  );

async function readBody(request: IncomingMessage, maximumBytes: number): Promise<Buffer<ArrayBuffer> | "too large"> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Ending the iteration must not end the connection: the refusal still has to go out on it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maximumBytes) return "too large";
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
