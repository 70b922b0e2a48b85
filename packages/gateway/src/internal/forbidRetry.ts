import type { ServerResponse } from "node:http";

/** Tells OpenAI's clients, which retry most errors by themselves, not to send the request of this response again. */
export function forbidRetry(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader("x-should-retry", "false");
}
