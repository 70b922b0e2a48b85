import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { pipeline } from "node:stream/promises";
import type { Ledger } from "@joulemint/ledger/Ledger";
import { canonicalJson } from "@joulemint/protocol/canonicalJson";
import type { Domain } from "@joulemint/protocol/Domain";
import { isJoulemintError, JoulemintError } from "@joulemint/protocol/JoulemintError";
import { createRequestSnapshot } from "./createRequestSnapshot.ts";
import { createAsk } from "./export/createAsk.ts";
import { exportLines } from "./export/exportLines.ts";
import { inTurn } from "./export/inTurn.ts";
import { type Spooled, spool } from "./export/spool.ts";

export interface ExportOptions {
  readonly ledger: Ledger;
  /** Names the chain and its `Credits` in the manifest. */
  readonly domain: Domain;
  /**
   * How long the snapshot may stay open, in milliseconds. 60,000 by default where it keeps all writers waiting, which is
   * an embedded ledger; else 240,000, which is what clients wait for.
   */
  readonly limitMs?: number;
  /** Where an export waits while it is sent; the system's folder for temporary files by default. */
  readonly directory?: string;
  /** Hears of errors that a caller is told nothing about. */
  readonly onError?: (error: unknown) => void;
}

export interface Export {
  /** Answers GET /export?asOf=LATEST|SAFE|FINALIZED. `false`: it is for somebody else. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
}

/** How long a client may read nothing before its connection is cut. */
const IDLE_MS = 60_000;
const FINALITIES = ["LATEST", "SAFE", "FINALIZED"];

/**
 * Everything that an audit needs, as newline-delimited JSON of `{ file, line }`: the answers of the API to its own
 * documents, all on one snapshot. It is whole before its first byte is sent, so that a slow client holds a file and not
 * the ledger, and an answer of 200 that has its last line, the manifest, is all there is.
 *
 * Receipts that are not signed yet are there, with `proof`, `root` and `signature` null. Errors: BAD_REQUEST,
 * FINALITY_UNKNOWN, CHAIN_BEHIND before the first block is indexed, TIMED_OUT where reading takes too long.
 */
export function createExport(options: ExportOptions): Export {
  const { ledger, domain, directory = tmpdir(), onError } = options;
  const { limitMs = ledger.kind === "pglite" ? 60_000 : 240_000 } = options;
  // Each reads the whole ledger: more than one at a time would only make all of them late.
  const turn = inTurn();

  async function make(asOf: string, signal: AbortSignal): Promise<Spooled> {
    signal.throwIfAborted();
    const snapshot = createRequestSnapshot(ledger);
    try {
      return await spool(texts(createAsk(snapshot, asOf), signal), directory);
    } finally {
      await snapshot.close();
    }
  }

  async function* texts(ask: ReturnType<typeof createAsk>, signal: AbortSignal) {
    const start = performance.now();
    for await (const line of exportLines(ask, domain)) {
      signal.throwIfAborted();
      if (performance.now() - start > limitMs) throw new JoulemintError("TIMED_OUT", { what: "the export", limitMs });
      yield canonicalJson(line);
    }
  }

  return {
    async handle(request, response) {
      const url = new URL(`http://localhost${request.url ?? "/"}`);
      if (url.pathname !== "/export") return false;
      const left = new AbortController();
      response.once("close", () => left.abort());
      try {
        if (request.method !== "GET") throw badRequest("method", "GET", request.method ?? "");
        const asOf = url.searchParams.get("asOf") ?? "LATEST";
        if (!FINALITIES.includes(asOf)) throw badRequest("asOf", FINALITIES.join(", "), asOf);
        const spooled = await turn(() => make(asOf, left.signal));
        await send(spooled, response);
      } catch (error) {
        // Who left needs no answer.
        if (!left.signal.aborted) refuse(response, error);
      }
      return true;
    },
  };

  async function send({ bytes, stream, discard }: Spooled, response: ServerResponse): Promise<void> {
    if (response.destroyed) return discard();
    response.setTimeout(IDLE_MS, () => response.destroy());
    response.writeHead(200, { "content-type": "application/x-ndjson", "content-length": bytes });
    await pipeline(stream(), response);
  }

  function refuse(response: ServerResponse, error: unknown): void {
    if (!isJoulemintError(error) || error.code === "INTERNAL") onError?.(error);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const known = isJoulemintError(error) ? error : new JoulemintError("INTERNAL");
    response.writeHead(known.httpStatus, { "content-type": "application/json" }).end(JSON.stringify({ error: known }));
  }
}

const badRequest = (field: string, expected: string, actual: string) =>
  new JoulemintError("BAD_REQUEST", { field, expected, actual });
