import type { ServerResponse } from "node:http";

/** Answers with JSON text. Bigints must be decimal strings already. */
export function sendJson(response: ServerResponse, status: number, body: string | object): void {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.end(text);
}
