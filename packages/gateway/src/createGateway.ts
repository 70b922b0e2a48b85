import type { IncomingMessage, ServerResponse } from "node:http";
import { createCaptures } from "@joulemint/ledger/captures";
import { createHolds } from "@joulemint/ledger/holds";
import { openLease } from "@joulemint/ledger/openLease";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { defaultLimits } from "./GatewayLimits.ts";
import type { GatewayOptions } from "./GatewayOptions.ts";
import { createReceiptSigner } from "./internal/createReceiptSigner.ts";
import { createUpstream } from "./internal/createUpstream.ts";
import { asJoulemintError } from "./internal/errorBody.ts";
import { findRoute } from "./internal/findRoute.ts";
import type { GatewayContext, RunningCall } from "./internal/GatewayContext.ts";
import { readKeyHolder } from "./internal/KeyHolder.ts";
import { keepHolds } from "./internal/keepHolds.ts";
import { remember } from "./internal/remember.ts";
import { sendError } from "./internal/sendError.ts";
import { loadTokenCounter } from "./internal/TokenCounter.ts";
import type { Logger } from "./Logger.ts";
import { unknownEnergy } from "./unknownEnergy.ts";

export interface Gateway {
  /** Answers a request, also while it drains. `false` when the path is not the gateway's: then it did nothing. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /**
   * Refuses new calls by GATEWAY_DRAINING from now on, and lets the calls in flight end; those that take too long are
   * stopped, and charged for what they produced.
   */
  drain(): Promise<void>;
  /** Drains, signs what is unsigned, and gives the lease up. The ledger stays open. */
  close(): Promise<void>;
}

const KEY_MEMORY_MS = 1_000;
const LEASE_MS = 15_000;

/**
 * The metered OpenAI-compatible endpoint. It registers in the ledger first: holds are placed under its lease.
 * Throws CONFIG_INVALID for an upstream URL that is none, and LEDGER_UNAVAILABLE.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { ledger, domain, logger = silent, energy = unknownEnergy, leaseMs = LEASE_MS } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const upstream = createUpstream(options.upstream, limits);
  const closing = new AbortController();
  const calls = new Map<string, RunningCall>();
  const stopCalls = (reason: "draining" | "fenced", fence?: bigint): void => {
    for (const call of calls.values()) if (fence === undefined || call.fence === fence) call.abort.stop(reason);
  };
  const lease = await openLease(ledger, {
    name: options.name ?? `gateway-${process.pid}`,
    leaseMs,
    onFenced(fence) {
      logger.error("The lease was lost: calls in flight are stopped and cannot be charged.", { fence: String(fence) });
      stopCalls("fenced", fence);
    },
    onError: (error) => logger.warn("The lease could not be renewed.", { error: String(error) }),
  });
  const signer = createReceiptSigner({ ledger, account: options.receiptAccount, domain, logger });
  const holds = createHolds(ledger, { lease, chainAgeMs: limits.chainAgeMs });
  // What a gateway that is gone has charged is signed by whoever is left.
  const holdKeeper = keepHolds({ holds, logger, leaseMs, onFenced: () => signer.kick() });
  const context: GatewayContext = {
    ledger,
    domain,
    limits,
    logger,
    energy,
    upstreamOptions: options.upstream,
    upstream,
    lease,
    holds,
    captures: createCaptures(ledger, { receiptKey: options.receiptAccount.address }),
    signer,
    findKeyHolder: remember(KEY_MEMORY_MS, (key) => readKeyHolder(ledger, key)),
    closing: closing.signal,
    calls,
  };
  // Where the upstream tells no running usage, the first stream should not wait for what counts instead.
  if (options.upstream.continuousUsage !== true) await loadTokenCounter();
  const running = new Set<Promise<void>>();

  const answer = async (route: NonNullable<ReturnType<typeof findRoute>>, response: ServerResponse): Promise<void> => {
    // A caller who leaves is noticed by its call; without a listener the error of its socket would end the process.
    response.on("error", () => {});
    // Whoever comes back by a new connection finds a gateway that stays.
    if (closing.signal.aborted) response.setHeader("connection", "close");
    try {
      await route(context, response);
    } catch (thrown) {
      const error = asJoulemintError(thrown);
      if (error.code === "INTERNAL") logger.error("A request failed by a defect.", { error: stackOf(thrown) });
      // The rest of a body may not have been read, and nothing more is answered here.
      if (closing.signal.aborted && !response.headersSent) response.setHeader("connection", "close");
      if (!response.destroyed && !response.writableEnded) await sendError(response, error);
    }
  };
  const drain = async (): Promise<void> => {
    closing.abort(new JoulemintError("GATEWAY_DRAINING", {}));
    const grace = setTimeout(() => stopCalls("draining"), limits.closeGraceMs);
    const told = lease.drain().catch((error: unknown) => {
      logger.warn("The ledger could not be told that the gateway drains.", { error: String(error) });
    });
    await Promise.all([...running, told]);
    clearTimeout(grace);
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
    drain,
    async close() {
      await drain();
      await holdKeeper.close();
      await signer.close();
      await lease.close().catch((error: unknown) => {
        logger.warn("The lease could not be given up; it runs out.", { error: String(error) });
      });
      await upstream.close();
      energy.close();
    },
  };
}

const silent: Logger = { info() {}, warn() {}, error() {} };

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
