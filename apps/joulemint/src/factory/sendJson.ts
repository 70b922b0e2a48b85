import type { ServerResponse } from "node:http";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";

/** An object, or an error in the shape that OpenAI clients know. Integers as decimal strings. */
export function sendJson(res: ServerResponse, status: number, body: object): void {
  const document =
    body instanceof JoulemintError ? { error: { ...body.toJSON(), type: "invalid_request_error", param: null } } : body;
  const text = JSON.stringify(document, (_, value) => (typeof value === "bigint" ? value.toString() : value));
  res.writeHead(status, { "content-type": "application/json" }).end(text);
}
