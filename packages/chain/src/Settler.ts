import { openIntents } from "@joulemint/ledger/chain/settlementIntents";
import type { Ledger } from "@joulemint/ledger/Ledger";
import { settleableSessions } from "@joulemint/ledger/settleableSessions";
import type { Domain } from "@joulemint/protocol/Domain";
import type { LocalAccount } from "viem";
import type { ChainClient } from "./chainClient.ts";
import type { Indexer } from "./Indexer.ts";
import { type Logger, silentLogger } from "./Logger.ts";
import { planSettlement } from "./settlement/planSettlement.ts";
import { type SentSettlement, settlementSender } from "./settlement/settlementSender.ts";
import { signVouchers } from "./settlement/signVouchers.ts";

export interface SettlerOptions {
  readonly ledger: Ledger;
  readonly client: ChainClient;
  /** Started: a batch counts as done when the ledger has its block. */
  readonly indexer: Indexer;
  readonly domain: Domain;
  /** Submits and pays gas. Nothing else may send from it. */
  readonly account: LocalAccount;
  /** Signs the vouchers of sessions that were opened under it; `null` settles consumers' own vouchers only. */
  readonly meteringAccount: LocalAccount | null;
  /** Milliseconds between two batches. */
  readonly intervalMs?: number;
  /** Vouchers of one transaction. */
  readonly maxRows?: number;
  readonly receiptTimeoutMs?: number;
  readonly logger?: Logger;
}

/** Turns what sessions were charged into settlements and releases on chain, one batch at a time. */
export interface Settler {
  /** Finishes what an earlier process began, settles what is due, and goes on every interval. */
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
  const { ledger, intervalMs = 1000, maxRows = 300, logger = silentLogger } = options;
  const sender = settlementSender(options);
  let timer: NodeJS.Timeout | null = null;
  let stopped = true;
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<SentSettlement[]> | null = null;

  async function settle(): Promise<SentSettlement[]> {
    const sent: SentSettlement[] = [];
    const failures: unknown[] = [];
    const attempt = async (batch: () => Promise<SentSettlement | null>) => {
      try {
        const settlement = await batch();
        if (settlement !== null) sent.push(settlement);
      } catch (error) {
        failures.push(error);
      }
    };
    for (const intent of await openIntents(ledger)) await attempt(() => sender.finish(intent));
    // With a batch whose fate is open, another one could send the same vouchers again.
    if (failures.length > 0) throw failures[0];
    for (const { offering, sessions } of await settleableSessions(ledger)) {
      const vouchers = await signVouchers(sessions, options);
      for (let start = 0; start < vouchers.length; start += maxRows) {
        const rows = vouchers.slice(start, start + maxRows);
        await attempt(async () => sender.begin(await planSettlement(options, offering, rows)));
      }
    }
    if (failures.length > 0) throw failures[0];
    return sent;
  }

  /** A call during a batch joins the one after it: that one sees everything charged before the call. */
  function settleNow(): Promise<SentSettlement[]> {
    next ??= running
      .catch(() => {})
      .then(() => {
        next = null;
        const batch = settle();
        running = batch;
        return batch;
      });
    return next;
  }

  function schedule(): void {
    if (stopped) return;
    timer = setTimeout(() => {
      settleNow()
        .catch((error: unknown) => logger.error("A settlement failed; trying again", { error }))
        .finally(schedule);
    }, intervalMs);
  }

  return {
    async start() {
      stopped = false;
      await settleNow().catch((error: unknown) => logger.error("A settlement failed; trying again", { error }));
      schedule();
    },
    settleNow,
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await (next ?? running).catch(() => {});
    },
  };
}
