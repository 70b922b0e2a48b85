import type { IncomingMessage, ServerResponse } from "node:http";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { GatewayContext } from "./GatewayContext.ts";
import { chatCompletions } from "./routes/chatCompletions.ts";
import { health } from "./routes/health.ts";
import { createKey } from "./routes/keys.ts";
import { models } from "./routes/models.ts";
import { receipts } from "./routes/receipts.ts";
import { acceptVoucher, voucherToSign } from "./routes/voucher.ts";

type Handler = (
  context: GatewayContext,
  request: IncomingMessage,
  response: ServerResponse,
  parameter: string,
) => void | Promise<void>;

const routes: readonly { readonly path: RegExp; readonly methods: Readonly<Record<string, Handler>> }[] = [
  { path: /^\/v1\/chat\/completions$/, methods: { POST: chatCompletions } },
  { path: /^\/v1\/models$/, methods: { GET: (context, _, response) => models(context, response, null) } },
  { path: /^\/v1\/models\/(.+)$/, methods: { GET: (context, _, response, name) => models(context, response, name) } },
  { path: /^\/receipts\/([^/]+)$/, methods: { GET: (context, _, response, id) => receipts(context, response, id) } },
  {
    path: /^\/sessions\/([^/]+)\/voucher$/,
    methods: { GET: (context, _, response, id) => voucherToSign(context, response, id), POST: acceptVoucher },
  },
  { path: /^\/sessions\/([^/]+)\/keys$/, methods: { POST: createKey } },
  { path: /^\/health$/, methods: { GET: (context, _, response) => health(context, response) } },
];

/** The handler of a request, with its path's parameter bound; `null` when the path belongs to somebody else. */
export function findRoute(
  request: IncomingMessage,
): ((context: GatewayContext, response: ServerResponse) => void | Promise<void>) | null {
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  for (const route of routes) {
    const match = route.path.exec(path);
    if (match === null) continue;
    return (context, response) => {
      const method = request.method === "HEAD" ? "GET" : (request.method ?? "GET");
      const handler = Object.hasOwn(route.methods, method) ? route.methods[method] : undefined;
      if (handler === undefined) {
        const allowed = Object.keys(route.methods).join(", ");
        throw new JoulemintError("BAD_REQUEST", { field: "method", expected: allowed, actual: method });
      }
      return handler(context, request, response, decode(match[1] ?? ""));
    };
  }
  return null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new JoulemintError("BAD_REQUEST", { field: "path", expected: "percent-encoded UTF-8" });
  }
}
