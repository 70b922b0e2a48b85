import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";

/** Answers a request and gives true, or leaves it alone and gives false. */
export type Handler = (req: IncomingMessage, res: ServerResponse) => boolean | Promise<boolean>;

/** One origin for everything: the first handler that knows the path answers. Fails with PORT_IN_USE. */
export async function listen(handlers: readonly Handler[], port: number): Promise<{ server: Server; url: string }> {
  const server = createServer((req, res) => {
    answer(handlers, req, res).catch((error) => {
      if (!res.headersSent) sendJson(res, 500, new JoulemintError("INTERNAL", {}, { cause: error }));
      else res.destroy();
    });
  });
  server.keepAliveTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new JoulemintError("PORT_IN_USE", { port }) : error),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function answer(handlers: readonly Handler[], req: IncomingMessage, res: ServerResponse): Promise<void> {
  for (const handler of handlers) if (await handler(req, res)) return;
  sendJson(res, 404, new JoulemintError("NOT_FOUND", { path: req.url ?? "" }));
}

/** An object, or an error in the shape that OpenAI clients know. */
export function sendJson(res: ServerResponse, status: number, body: object): void {
  const document = body instanceof JoulemintError ? { error: body.toJSON() } : body;
  const text = JSON.stringify(document, (_, value) => (typeof value === "bigint" ? value.toString() : value));
  res.writeHead(status, { "content-type": "application/json" }).end(text);
}
