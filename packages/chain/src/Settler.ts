import type { Ledger } from "@joulemint/ledger/Ledger";
import type { Domain } from "@joulemint/protocol/Domain";
import type { LocalAccount } from "viem";
import type { ChainClient } from "./chainClient.ts";
import type { Indexer } from "./Indexer.ts";
import { type Logger, silentLogger } from "./Logger.ts";
import { backoff } from "./settlement/backoff.ts";
import { settlementRound } from "./settlement/settlementRound.ts";
import { type SentSettlement, settlementSender } from "./settlement/settlementSender.ts";

export interface SettlerOptions {
  readonly ledger: Ledger;
  readonly client: ChainClient;
  /** Started: a batch counts as done when the ledger has its block. */
  readonly indexer: Pick<Indexer, "head" | "waitForBlock" | "waitForHead" | "onReorg">;
  readonly domain: Domain;
  /** Submits and pays gas. Nothing else may send from it. */
  readonly account: LocalAccount;
  /** Signs the vouchers of sessions that were opened under it; `null` settles consumers' own vouchers only. */
  readonly meteringAccount: LocalAccount | null;
  /** Milliseconds between two batches, and before a batch that failed is tried again; every further failure doubles it. */
  readonly intervalMs?: number;
  readonly longestBackoffMs?: number;
  /** Vouchers of one transaction. */
  readonly maxRows?: number;
  readonly receiptTimeoutMs?: number;
  /** How long a settlement may wait to be mined before it is offered more gas, under the same nonce. */
  readonly replaceAfterMs?: number;
  readonly logger?: Logger;
}

/** Turns what sessions were charged into settlements and releases on chain, one batch at a time. */
export interface Settler {
  /**
   * Finishes what an earlier process began, settles what is due, and goes on every interval, and at once when the chain
   * has dropped blocks.
   */
  start(): Promise<void>;
  /**
   * Settles everything that was charged before the call; when it resolves, the ledger has it. SETTLEMENT_FAILED { offering,
   * reason } when a batch was refused; the others were settled, and it is tried again with the next.
   */
  settleNow(): Promise<SentSettlement[]>;
  /** Waits for the batch in flight. */
  stop(): Promise<void>;
}

export function createSettler(options: SettlerOptions): Settler {
  const { indexer, intervalMs = 1000, longestBackoffMs = 60_000, logger = silentLogger } = options;
  const sender = settlementSender(options);
  const pauses = backoff({ firstMs: intervalMs, longestMs: longestBackoffMs });
  let timer: NodeJS.Timeout | null = null;
  let stopped = true;
  let ignoreReorgs = () => {};
  let running: Promise<unknown> = Promise.resolve();
  let next: { readonly round: Promise<SentSettlement[]>; eager: boolean } | null = null;

  /** A call during a round joins the one after it: that one sees everything charged before the call. */
  function settle(eager: boolean): Promise<SentSettlement[]> {
    if (next === null) {
      const round = running
        .catch(() => {})
        .then(() => {
          const due = next?.eager ? () => true : pauses.due;
          next = null;
          const begun = settlementRound(options, sender, { ...pauses, due });
          running = begun;
          return begun;
        });
      next = { round, eager };
    }
    next.eager ||= eager;
    return next.round;
  }

  const settleNow = () => settle(true);

  function complain(error: unknown): void {
    logger.error("A settlement failed; trying again", { error });
  }

  function schedule(): void {
    if (stopped) return;
    timer = setTimeout(() => settle(false).catch(complain).finally(schedule), intervalMs);
  }

  return {
    async start() {
      stopped = false;
      ignoreReorgs = indexer.onReorg(() => void settleNow().catch(complain));
      await settleNow().catch(complain);
      schedule();
    },
    settleNow,
    async stop() {
      stopped = true;
      ignoreReorgs();
      if (timer !== null) clearTimeout(timer);
      await (next?.round ?? running).catch(() => {});
    },
  };
}
