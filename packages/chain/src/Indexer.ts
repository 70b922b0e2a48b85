import { setTimeout as sleep } from "node:timers/promises";
import { applyBlocks } from "@joulemint/ledger/chain/applyBlocks";
import type { ChainBlock } from "@joulemint/ledger/chain/ChainBlock";
import { type KnownContracts, knownContracts } from "@joulemint/ledger/chain/knownContracts";
import { type Header, recentHeaders } from "@joulemint/ledger/chain/recentHeaders";
import type { Ledger } from "@joulemint/ledger/Ledger";
import { type HeadRecord, readHead } from "@joulemint/ledger/read/readHead";
import { isJoulemintError, JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Address } from "viem";
import type { ChainClient } from "./chainClient.ts";
import { headTracker } from "./headTracker.ts";
import { isTransient } from "./isTransient.ts";
import { type Logger, silentLogger } from "./Logger.ts";
import { readBatch } from "./readBatch.ts";

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
  readonly logger?: Logger;
  /**
   * Called once when indexing has ended for good, which anything but an unreachable node or database does: CHAIN_REORG,
   * CONFIG_INVALID, or INTERNAL for a log that makes no sense and, with the cause, for what the database refused.
   */
  onFailure?(error: JoulemintError): void;
}

/** Brings the chain into the ledger, block by block. */
export interface Indexer {
  /**
   * Applies everything up to the chain's head, then follows it. CHAIN_BEHIND { block, head } when the chain is shorter
   * than what the ledger has applied, CHAIN_REORG { block, expected, actual } when it is another one.
   */
  start(): Promise<void>;
  /** Waits for the batch in progress. */
  stop(): Promise<void>;
  /** The newest block that is in the ledger. */
  head(): HeadRecord | null;
  /** Until the block is in the ledger. CHAIN_BEHIND { block, head } when that takes too long; what ended the indexing, if it has. */
  waitFor(block: bigint, timeoutMs?: number): Promise<void>;
}

const LONGEST_PAUSE_MS = 5_000;
/** Between two looks at the head while somebody waits for a block. */
const RUSH_MS = 20;
/** Blocks to walk back for the ancestor of two branches. */
const DEEPEST_REORG = 128;

export function createIndexer(options: IndexerOptions): Indexer {
  const { ledger, client, logger = silentLogger, intervalMs = 100 } = options;
  const { startBlock = 0n, windowBlocks = 1000 } = options;
  const credits = options.credits.toLowerCase() as Address;
  const operators = options.operators?.map((operator) => operator.toLowerCase() as Address);
  let tracker = headTracker([]);
  let known: KnownContracts = { offerings: new Set(), models: new Set() };
  let head: HeadRecord | null = null;
  let failure: JoulemintError | null = null;
  let running: Promise<void> | null = null;
  let stopping = new AbortController();
  const waiters = new Set<() => void>();
  let wake: () => void = () => {};

  async function start(): Promise<void> {
    tracker = headTracker(await recentHeaders(ledger));
    known = await knownContracts(ledger);
    head = await readHead(ledger.db);
    if (tracker.head !== null) await checkSameChain(tracker.head);
    await advance();
    stopping = new AbortController();
    running = follow(stopping.signal);
  }

  async function checkSameChain({ number, hash }: Header): Promise<void> {
    const latest = await client.getBlockNumber({ cacheTime: 0 });
    if (latest < number) throw new JoulemintError("CHAIN_BEHIND", { block: number, head: latest });
    const block = await client.getBlock({ blockNumber: number });
    if (block.hash !== hash) {
      throw new JoulemintError("CHAIN_REORG", { block: number, expected: hash, actual: block.hash });
    }
  }

  /** Applies all that is missing up to the chain's head. */
  async function advance(): Promise<void> {
    const latest = await client.getBlock();
    const event = tracker.observe(latest);
    if (event.kind === "reorg") throw await reorg(latest, event.ancestor);
    if (event.kind !== "append" && event.kind !== "gap") return;
    for (;;) {
      const from = tracker.head === null ? startBlock : tracker.head.number + 1n;
      if (from > latest.number) return;
      const last = from + BigInt(windowBlocks) - 1n;
      await apply(from, last < latest.number ? last : latest.number);
    }
  }

  async function apply(from: bigint, to: bigint): Promise<void> {
    const source = {
      client,
      credits,
      operators: operators === undefined ? null : new Set(operators),
      startBlock,
      windowBlocks,
      known,
    };
    const { blocks, models } = await readBatch(source, from, to);
    const [first] = blocks;
    if (first !== undefined && tracker.head !== null && first.parentHash !== tracker.head.hash) {
      throw await reorg(first, null);
    }
    const kept = blocks.filter(({ number, events }) => events.length > 0 || number === to);
    await applyBlocks(ledger, { blocks: kept, models }, { meteringKey: options.meteringKey });
    tracker = tracker.extend(blocks);
    if (models.length > 0 || registers(kept)) known = await knownContracts(ledger);
    const newest = blocks.at(-1);
    if (newest === undefined) return;
    head = { number: newest.number, hash: newest.hash, timestamp: new Date(Number(newest.timestamp) * 1000) };
    for (const check of waiters) check();
  }

  /** Walks back to the block that both branches have. */
  async function reorg(replaced: Header, found: Header | null): Promise<JoulemintError> {
    let ancestor = found;
    let header: Header = replaced;
    for (let depth = 0; ancestor === null && header.number > 0n && depth < DEEPEST_REORG; depth++) {
      header = await client.getBlock({ blockHash: header.parentHash });
      const event = tracker.observe(header);
      if (event.kind === "known") ancestor = header;
      else if (event.kind === "reorg") ancestor = event.ancestor;
    }
    const { number, hash } = tracker.head ?? header;
    return new JoulemintError("CHAIN_REORG", {
      block: number,
      expected: hash,
      actual: replaced.hash,
      ancestor: ancestor?.number ?? null,
    });
  }

  async function follow(signal: AbortSignal): Promise<void> {
    let failedMs = intervalMs;
    while (!signal.aborted) {
      let pauseMs = waiters.size > 0 ? Math.min(RUSH_MS, intervalMs) : intervalMs;
      try {
        await advance();
        failedMs = intervalMs;
      } catch (error) {
        // What is refused once is refused again, and credits are sold and spent on what the ledger knows of the chain.
        if (!isTransient(error)) return fail(asJoulemintError(error));
        failedMs = Math.min(failedMs * 2, LONGEST_PAUSE_MS);
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
    for (const check of waiters) check();
    options.onFailure?.(error);
  }

  async function stop(): Promise<void> {
    stopping.abort();
    await running;
    running = null;
  }

  function waitFor(block: bigint, timeoutMs = 30_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (error?: Error) => {
        clearTimeout(timer);
        waiters.delete(check);
        if (error === undefined) resolve();
        else reject(error);
      };
      const check = () => {
        if (head !== null && head.number >= block) settle();
        else if (failure !== null) settle(failure);
      };
      const timer = setTimeout(() => {
        settle(new JoulemintError("CHAIN_BEHIND", { block, head: head?.number ?? null, timeoutMs }));
      }, timeoutMs);
      waiters.add(check);
      check();
      wake();
    });
  }

  return { start, stop, head: () => head, waitFor };
}

function asJoulemintError(error: unknown): JoulemintError {
  if (isJoulemintError(error)) return error;
  return new JoulemintError("INTERNAL", { reason: String(error) }, { cause: error });
}

function registers(blocks: readonly ChainBlock[]): boolean {
  return blocks.some(({ events }) => events.some(({ event }) => event.name === "OfferingRegistered"));
}
