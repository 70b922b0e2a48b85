import type { ServerResponse } from "node:http";
import type { ErrorCode } from "@joulemint/protocol/errorCatalogue";
import type { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { discardBody } from "./discardBody.ts";
import { errorBody } from "./errorBody.ts";
import { forbidRetry } from "./forbidRetry.ts";

/** Errors that the same request meets again, although stock clients retry some of their statuses. */
const FINAL: ReadonlySet<ErrorCode> = new Set<ErrorCode>(["SESSION_CLOSING", "SESSION_SUSPENDED", "VOUCHER_REQUIRED"]);

/** Answers with an error, or cuts the connection if an answer has begun: half an answer must not look whole. */
export async function sendError(response: ServerResponse, error: JoulemintError): Promise<void> {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // Whoever sends too much is not to go on by this connection.
  if (error.code === "BODY_TOO_LARGE") response.setHeader("connection", "close");
  if (FINAL.has(error.code)) forbidRetry(response);
  const text = JSON.stringify(errorBody(error));
  response.writeHead(error.httpStatus, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  response.write(text);
  if (response.getHeader("connection") === "close") await discardBody(response.req);
  response.end();
}
