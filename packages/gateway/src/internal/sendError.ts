import type { ServerResponse } from "node:http";
import type { ErrorCode } from "@joulemint/protocol/errorCatalogue";
import type { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { errorBody } from "./errorBody.ts";
import { forbidRetry } from "./forbidRetry.ts";
import { sendJson } from "./sendJson.ts";

/** Errors that the same request meets again, although stock clients retry some of their statuses. */
const FINAL: ReadonlySet<ErrorCode> = new Set<ErrorCode>(["SESSION_CLOSING", "SESSION_SUSPENDED", "VOUCHER_REQUIRED"]);

/** Answers with an error, or cuts the connection if an answer has begun: half an answer must not look whole. */
export function sendError(response: ServerResponse, error: JoulemintError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // The rest of a body that is too large is not read, so the connection cannot be used again.
  if (error.code === "BODY_TOO_LARGE") response.setHeader("connection", "close");
  if (FINAL.has(error.code)) forbidRetry(response);
  sendJson(response, error.httpStatus, errorBody(error));
}
