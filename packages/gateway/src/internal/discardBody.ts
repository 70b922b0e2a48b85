import type { IncomingMessage } from "node:http";

const DEFAULTS = { bytes: 64 * 1024 * 1024, ms: 2_000 };

/**
 * Reads what is left of a request's body and forgets it, up to a size and a time. A connection that is closed with
 * bytes unread is reset, and a caller who is still sending then never sees the answer.
 */
export async function discardBody(request: IncomingMessage, limits = DEFAULTS): Promise<void> {
  if (request.complete || request.destroyed) return;
  const over = Promise.withResolvers<void>();
  const done = () => over.resolve();
  let bytes = 0;
  const count = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > limits.bytes) done();
  };
  const timer = setTimeout(done, limits.ms);
  request.on("data", count).on("end", done).on("close", done).on("error", done);
  request.resume();
  await over.promise;
  clearTimeout(timer);
  request.off("data", count).off("end", done).off("close", done).off("error", done);
}
