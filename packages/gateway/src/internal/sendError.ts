import type { ServerResponse } from "node:http";
import type { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { errorBody } from "./errorBody.ts";
import { sendJson } from "./sendJson.ts";

/** Answers with an error, or cuts the connection if an answer has begun: half an answer must not look whole. */
export function sendError(response: ServerResponse, error: JoulemintError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // The rest of a body that is too large is not read, so the connection cannot be used again.
  if (error.code === "BODY_TOO_LARGE") response.setHeader("connection", "close");
  sendJson(response, error.httpStatus, errorBody(error));
}
