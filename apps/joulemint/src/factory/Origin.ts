import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Logger } from "./logger.ts";
import { sendJson } from "./sendJson.ts";

/** Answers a request and gives true, or leaves it alone and gives false. */
export type Handler = (req: IncomingMessage, res: ServerResponse) => boolean | Promise<boolean>;

/** One origin for everything: the first handler that knows the path answers. */
export interface Origin {
  /** Takes the port and gives the URL. Whoever asks before `serve` is told that it is too early. PORT_IN_USE. */
  listen(port: number): Promise<string>;
  serve(handlers: readonly Handler[]): void;
  /** Takes no new connections, ends those that are there, and waits until they have. */
  close(): Promise<void>;
}

export function createOrigin(logger: Logger): Origin {
  let handlers: readonly Handler[] = [tooEarly];
  let closed: Promise<void> | null = null;
  const server = createServer((req, res) => {
    answer(handlers, req, res).catch((error) => {
      logger.error("A request failed.", { path: pathOf(req), error });
      if (!res.headersSent) sendJson(res, 500, new JoulemintError("INTERNAL", {}));
      else res.destroy();
    });
  });
  server.keepAliveTimeout = 30_000;
  return {
    async listen(port) {
      await new Promise<void>((resolve, reject) => {
        server.once("error", (error: NodeJS.ErrnoException) =>
          reject(error.code === "EADDRINUSE" ? new JoulemintError("PORT_IN_USE", { port }) : error),
        );
        server.listen(port, "127.0.0.1", resolve);
      });
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    serve(all) {
      handlers = all;
    },
    close() {
      closed ??= new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

function tooEarly(_: IncomingMessage, res: ServerResponse): boolean {
  sendJson(res, 503, new JoulemintError("FACTORY_NOT_RUNNING", { reason: "it is starting" }));
  return true;
}

async function answer(handlers: readonly Handler[], req: IncomingMessage, res: ServerResponse): Promise<void> {
  for (const handler of handlers) if (await handler(req, res)) return;
  sendJson(res, 404, new JoulemintError("NOT_FOUND", { path: pathOf(req) }));
}

/** The path without its query. Taken as it came: whatever a client sends there is no reason to fail. */
export function pathOf(req: IncomingMessage): string {
  return (req.url ?? "/").split("?")[0] ?? "/";
}
