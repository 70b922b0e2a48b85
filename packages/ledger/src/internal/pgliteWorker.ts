import { parentPort, workerData } from "node:worker_threads";
import { createPglite, type PgliteSource } from "./createPglite.ts";
import type { PgliteReply, PgliteRequest } from "./pgliteMessages.ts";

/** PGlite computes in WebAssembly, synchronously: in a thread of its own it cannot delay the event loop. */
const pglite = createPglite(workerData as PgliteSource);

async function answer(request: PgliteRequest): Promise<PgliteReply> {
  try {
    if (request.sql === null) {
      await (await pglite).close();
      return { id: request.id, rows: [], affectedRows: 0 };
    }
    const { rows, affectedRows } = await (await pglite).query<object>(request.sql, [...request.parameters]);
    return { id: request.id, rows, affectedRows: affectedRows ?? null };
  } catch (error) {
    return { id: request.id, error: describe(error) };
  }
}

/** Own properties such as SQLSTATE `code` and `constraint` do not survive the cloning of an Error. */
function describe(error: unknown): { message: string; code: string | undefined } {
  if (!(error instanceof Error)) return { message: String(error), code: undefined };
  return { message: error.message, code: "code" in error ? String(error.code) : undefined };
}

parentPort?.on("message", (request: PgliteRequest) => {
  void answer(request).then((reply) => parentPort?.postMessage(reply));
});
