import type { IncomingMessage } from "node:http";
import { ApiError } from "./ApiError.ts";

/** The parsed JSON of a request. Throws `ApiError` 413 beyond `maxBytes`, 400 if it is no JSON. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBytes) throw new ApiError(413, "body_too_large", `the request body is over ${maxBytes} bytes`);
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString("utf8"));
  } catch {
    throw new ApiError(400, "invalid_json", "the request body is not valid JSON");
  }
}
