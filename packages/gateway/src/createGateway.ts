import type { IncomingMessage, ServerResponse } from "node:http";
import { createCaptures } from "@joulemint/ledger/captures";
import { createHolds } from "@joulemint/ledger/holds";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { defaultLimits } from "./GatewayLimits.ts";
import type { GatewayOptions } from "./GatewayOptions.ts";
import { createReceiptSigner } from "./internal/createReceiptSigner.ts";
import { createUpstream } from "./internal/createUpstream.ts";
import { asJoulemintError } from "./internal/errorBody.ts";
import { findRoute } from "./internal/findRoute.ts";
import type { GatewayContext } from "./internal/GatewayContext.ts";
import { readKeyHolder } from "./internal/KeyHolder.ts";
import { remember } from "./internal/remember.ts";
import { sendError } from "./internal/sendError.ts";
import type { Logger } from "./Logger.ts";
import { unknownEnergy } from "./unknownEnergy.ts";

export interface Gateway {
  /** Answers a request. `false` when the path is not the gateway's: then it did nothing. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** Lets calls in flight end, stops the rest, and signs what is unsigned. The ledger stays open. */
  close(): Promise<void>;
}

const KEY_MEMORY_MS = 1_000;
const EXPIRE_HOLDS_EVERY_MS = 15_000;

/** The metered OpenAI-compatible endpoint. Throws CONFIG_INVALID for an upstream URL that is none. */
export function createGateway(options: GatewayOptions): Gateway {
  const { ledger, domain, logger = silent, energy = unknownEnergy } = options;
  const closing = new AbortController();
  const limits = { ...defaultLimits, ...options.limits };
  const context: GatewayContext = {
    ledger,
    domain,
    limits,
    logger,
    energy,
    upstreamOptions: options.upstream,
    upstream: createUpstream(options.upstream, limits),
    holds: createHolds(ledger, { gateway: options.name ?? `gateway-${process.pid}` }),
    captures: createCaptures(ledger, { receiptKey: options.receiptAccount.address }),
    signer: createReceiptSigner({ ledger, account: options.receiptAccount, domain, logger }),
    findKeyHolder: remember(KEY_MEMORY_MS, (key) => readKeyHolder(ledger, key)),
    closing: closing.signal,
    calls: new Map(),
  };
  const running = new Set<Promise<void>>();

  // Holds of a gateway that died are given back by whoever is still there.
  const expiry = setInterval(() => {
    context.holds.expireHolds().catch((error: unknown) => {
      logger.warn("Expired holds could not be given back.", { error: String(error) });
    });
  }, EXPIRE_HOLDS_EVERY_MS);
  expiry.unref();

  const answer = async (route: NonNullable<ReturnType<typeof findRoute>>, response: ServerResponse): Promise<void> => {
    // A caller who leaves is noticed by `close`; without a listener the error of its socket would end the process.
    response.on("error", () => {});
    try {
      closing.signal.throwIfAborted();
      await route(context, response);
    } catch (thrown) {
      const error = asJoulemintError(thrown);
      if (error.code === "INTERNAL") logger.error("A request failed by a defect.", { error: stackOf(thrown) });
      // The rest of a body may not have been read, and nothing more is answered here.
      if (closing.signal.aborted && !response.headersSent) response.setHeader("connection", "close");
      if (!response.destroyed && !response.writableEnded) sendError(response, error);
    }
  };

  return {
    async handle(request, response) {
      const route = findRoute(request);
      if (route === null) return false;
      const work = answer(route, response);
      running.add(work);
      await work.finally(() => running.delete(work));
      return true;
    },
    async close() {
      closing.abort(new JoulemintError("UPSTREAM_UNAVAILABLE", { reason: "the gateway stops" }));
      clearInterval(expiry);
      const grace = setTimeout(() => {
        for (const call of context.calls.values()) call.stop("closing");
      }, limits.closeGraceMs);
      await Promise.all(running);
      clearTimeout(grace);
      await context.signer.close();
      await context.upstream.close();
      energy.close();
    },
  };
}

const silent: Logger = { info() {}, warn() {}, error() {} };

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
