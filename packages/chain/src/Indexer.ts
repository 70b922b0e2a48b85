import { setTimeout as sleep } from "node:timers/promises";
import type { Header } from "@joulemint/ledger/chain/recentHeaders";
import type { Ledger } from "@joulemint/ledger/Ledger";
import type { HeadRecord } from "@joulemint/ledger/read/readHead";
import { isJoulemintError, JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Address } from "viem";
import { blockWaiters } from "./blockWaiters.ts";
import type { ChainClient } from "./chainClient.ts";
import { chainFollower } from "./chainFollower.ts";
import { isTransient } from "./isTransient.ts";
import { type Logger, silentLogger } from "./Logger.ts";
import type { Reorg } from "./Reorg.ts";
import { isInconsistent } from "./readBlocks.ts";

export interface IndexerOptions {
  readonly ledger: Ledger;
  readonly client: ChainClient;
  readonly credits: Address;
  /** Sessions under another signer are signed by their consumer. */
  readonly meteringKey: Address | null;
  /**
   * Follow the offerings of these operators only: nobody registers an offering without its operator's signature. All are
   * followed by default, which is for a chain of one's own: a foreign model that breaks its word ends the indexing.
   */
  readonly operators?: readonly Address[];
  /** A block before `Credits` and the models were deployed. */
  readonly startBlock?: bigint;
  /** Milliseconds between two looks at the head. */
  readonly intervalMs?: number;
  /** Blocks of one `eth_getLogs`. */
  readonly windowBlocks?: number;
  /** For how many milliseconds a chain that has lost its newest blocks is taken for a node that lags. */
  readonly behindToleranceMs?: number;
  readonly logger?: Logger;
  /**
   * Called once when indexing has ended for good, which anything but an unreachable node or database does: CHAIN_REORG,
   * CHAIN_BEHIND, CONFIG_INVALID, or INTERNAL for a log that makes no sense and, with the cause, for what the database
   * refused.
   */
  onFailure?(error: JoulemintError): void;
}

/** Brings the chain into the ledger, block by block, and takes back what the chain replaces. */
export interface Indexer {
  /**
   * Brings the ledger to the chain's head, then follows it. CHAIN_REORG { block, ancestor, floor } when that means going
   * back further than the ledger can, CHAIN_REORG { block, expected, actual } when it is another chain, CHAIN_BEHIND
   * { block, head } when the chain is shorter than what the ledger can go back to.
   */
  start(): Promise<void>;
  /** Waits for the batch in progress. */
  stop(): Promise<void>;
  /** The newest block that is in the ledger. */
  head(): HeadRecord | null;
  /**
   * Until the ledger has come to a block's number, on whatever branch. CHAIN_BEHIND { block, head } when that takes too
   * long; what ended the indexing, if it has.
   */
  waitFor(block: bigint, timeoutMs?: number): Promise<void>;
  /**
   * Until the ledger has that very block, which carries events of ours or is one of the newest 128; `false` when the chain
   * has gone another way. Errors as of `waitFor`.
   */
  waitForBlock(block: Pick<Header, "number" | "hash">, timeoutMs?: number): Promise<boolean>;
  /** Until the ledger is where the chain is, as asked after the call: no further, and not behind. Errors as of `waitFor`. */
  waitForHead(timeoutMs?: number): Promise<void>;
  /** Calls `listener` after each reorg, when the ledger is at the head of the new branch. Gives the way to stop that. */
  onReorg(listener: (reorg: Reorg) => void): () => void;
}

const LONGEST_PAUSE_MS = 5_000;
/** Between two looks at the head while somebody waits for a block. */
const RUSH_MS = 20;
const PATIENCE_MS = 30_000;

export function createIndexer(options: IndexerOptions): Indexer {
  const { logger = silentLogger, intervalMs = 100, behindToleranceMs = 1000 } = options;
  const follower = chainFollower({ ...options, behindToleranceMs });
  const waiters = blockWaiters();
  const listeners = new Set<(reorg: Reorg) => void>();
  let failure: JoulemintError | null = null;
  let running: Promise<void> | null = null;
  let stopping = new AbortController();
  let wake: () => void = () => {};
  /** When the last look began that found the ledger to be at the chain's head. */
  let currentAt = Number.NEGATIVE_INFINITY;

  async function start(): Promise<void> {
    await follower.load();
    stopping = new AbortController();
    const began = performance.now();
    const again = (error: unknown): false => {
      if (isInconsistent(error) && performance.now() - began < PATIENCE_MS) return false;
      throw error;
    };
    while (!(await look().catch(again)) && !stopping.signal.aborted) await pause(RUSH_MS, stopping.signal);
    running = follow(stopping.signal);
  }

  /** Whether the ledger is at the chain's head now. */
  async function look(): Promise<boolean> {
    const begun = performance.now();
    const current = await follower.look();
    const reorg = current ? follower.takeReorg() : null;
    // Before those who wait, who would find it untold.
    if (reorg !== null) tell(reorg);
    if (current) currentAt = begun;
    waiters.check();
    return current;
  }

  function tell(reorg: Reorg): void {
    logger.warn("The chain replaced blocks", { ...reorg });
    for (const listener of listeners) listener(reorg);
  }

  async function follow(signal: AbortSignal): Promise<void> {
    const rushMs = Math.min(RUSH_MS, intervalMs);
    let failedMs: number | null = null;
    while (!signal.aborted) {
      let pauseMs: number;
      try {
        const current = await look();
        pauseMs = current && waiters.size === 0 ? intervalMs : rushMs;
        failedMs = null;
      } catch (error) {
        // What is refused once is refused again, and credits are sold and spent on what the ledger knows of the chain.
        if (!isTransient(error)) return fail(asJoulemintError(error));
        failedMs = Math.min(2 * (failedMs ?? (waiters.size > 0 ? rushMs : intervalMs)), LONGEST_PAUSE_MS);
        pauseMs = failedMs;
        logger.warn("The chain could not be indexed; trying again", { error, pauseMs });
      }
      await pause(pauseMs, signal);
    }
  }

  /** Until the time is over, somebody waits for a block, or the indexer is stopped. */
  async function pause(ms: number, signal: AbortSignal): Promise<void> {
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const over = new AbortController();
    const ended = AbortSignal.any([signal, over.signal]);
    await Promise.race([woken, sleep(ms, undefined, { signal: ended }).catch(() => {})]);
    over.abort();
  }

  function fail(error: JoulemintError): void {
    failure = error;
    logger.error("Indexing has ended", { error });
    waiters.check();
    options.onFailure?.(error);
  }

  async function stop(): Promise<void> {
    stopping.abort();
    await running;
    running = null;
  }

  function until<T>(block: bigint | null, probe: () => T | null, timeoutMs: number): Promise<T> {
    const found = waiters.until(
      () => {
        const answer = probe();
        if (answer === null && failure !== null) throw failure;
        return answer;
      },
      timeoutMs,
      () => new JoulemintError("CHAIN_BEHIND", { block, head: follower.head()?.number ?? null, timeoutMs }),
    );
    wake();
    return found;
  }

  async function waitFor(block: bigint, timeoutMs = PATIENCE_MS): Promise<void> {
    await until(block, () => ((follower.head()?.number ?? -1n) >= block ? true : null), timeoutMs);
  }

  function waitForBlock(block: Pick<Header, "number" | "hash">, timeoutMs = PATIENCE_MS): Promise<boolean> {
    const begun = performance.now();
    const answer = () => {
      if (follower.has(block)) return true;
      // The chain was asked since, and is without it.
      return currentAt >= begun ? false : null;
    };
    return until(block.number, answer, timeoutMs);
  }

  async function waitForHead(timeoutMs = PATIENCE_MS): Promise<void> {
    const begun = performance.now();
    await until(null, () => (currentAt >= begun ? true : null), timeoutMs);
  }

  function onReorg(listener: (reorg: Reorg) => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  return { start, stop, head: follower.head, waitFor, waitForBlock, waitForHead, onReorg };
}

function asJoulemintError(error: unknown): JoulemintError {
  if (isJoulemintError(error)) return error;
  return new JoulemintError("INTERNAL", { reason: String(error) }, { cause: error });
}
