import type { IncomingMessage } from "node:http";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";

/**
 * Reads a request's body up to a cap. Throws BODY_TOO_LARGE at the first byte over it, or at once if the length that
 * the caller declares is over it, and BAD_REQUEST for an encoding: a small gzip can unpack to any size. Throws the
 * reason of `closing` when that aborts, however little of the body has come.
 */
export async function readBody(request: IncomingMessage, limit: number, closing: AbortSignal): Promise<Buffer> {
  const encoding = request.headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    throw new JoulemintError("BAD_REQUEST", { field: "content-encoding", expected: "identity", actual: encoding });
  }
  if (Number(request.headers["content-length"] ?? 0) > limit) throw new JoulemintError("BODY_TOO_LARGE", { limit });
  const chunks: Buffer[] = [];
  let size = 0;
  let stop = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(closing.reason);
  });
  closing.addEventListener("abort", stop);
  if (closing.aborted) stop();
  // The request stays open when this stops early: its connection still has to carry the error.
  const body = request.iterator({ destroyOnReturn: false });
  try {
    for (;;) {
      const next = await Promise.race([stopped, body.next()]);
      if (next.done === true) break;
      size += (next.value as Buffer).length;
      if (size > limit) throw new JoulemintError("BODY_TOO_LARGE", { limit });
      chunks.push(next.value as Buffer);
    }
  } catch (error) {
    if (error instanceof JoulemintError) throw error;
    throw new JoulemintError("BAD_REQUEST", { field: "body", expected: "a whole body" }, { cause: error });
  } finally {
    closing.removeEventListener("abort", stop);
  }
  return Buffer.concat(chunks, size);
}
