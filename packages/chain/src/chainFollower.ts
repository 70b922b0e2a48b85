import { applyBlocks } from "@joulemint/ledger/chain/applyBlocks";
import type { ChainBatch, ChainBlock } from "@joulemint/ledger/chain/ChainBlock";
import type { Finality } from "@joulemint/ledger/chain/Finality";
import { type KnownContracts, knownContracts } from "@joulemint/ledger/chain/knownContracts";
import { markSeen } from "@joulemint/ledger/chain/markSeen";
import { HEADERS_KEPT } from "@joulemint/ledger/chain/pruneBlocks";
import { type Header, recentHeaders } from "@joulemint/ledger/chain/recentHeaders";
import { undoBlocks } from "@joulemint/ledger/chain/undoBlocks";
import { type HeadRecord, readHead } from "@joulemint/ledger/read/readHead";
import { isJoulemintError, JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Address } from "viem";
import { type ForkEvent, headTracker } from "./headTracker.ts";
import type { IndexerOptions } from "./Indexer.ts";
import { joinReorgs, type Reorg } from "./Reorg.ts";
import { readBatch } from "./readBatch.ts";
import { inconsistent, readBlocks } from "./readBlocks.ts";
import { readFinality } from "./readFinality.ts";

type Options = Pick<
  IndexerOptions,
  "ledger" | "client" | "credits" | "meteringKey" | "operators" | "startBlock" | "windowBlocks"
> & { readonly behindToleranceMs: number };

/** Does to the ledger what the chain's heads say, one look at a time. */
interface ChainFollower {
  /** Takes up where the ledger is. */
  load(): Promise<void>;
  /** Looks at the chain's head and does what that takes. Whether the ledger is at the head now; if not, look again. */
  look(): Promise<boolean>;
  /** What was undone since the last call. */
  takeReorg(): Reorg | null;
  head(): HeadRecord | null;
  /** Whether the ledger has that very block. Older blocks than are remembered are taken for granted: none is undone. */
  has(block: Pick<Header, "number" | "hash">): boolean;
}

const SEEN_EVERY_MS = 1_000;

export function chainFollower(options: Options): ChainFollower {
  const { ledger, client, meteringKey, startBlock = 0n, windowBlocks = 1000, behindToleranceMs } = options;
  const credits = options.credits.toLowerCase() as Address;
  const operators = options.operators === undefined ? null : new Set(options.operators.map(lowerCase));
  let tracker = headTracker([]);
  let known: KnownContracts = { offerings: new Set(), models: new Set() };
  let head: HeadRecord | null = null;
  let behindSince: number | null = null;
  let reorg: Reorg | null = null;
  /** Whether the ledger may be elsewhere than is remembered here: what was not answered may have been done. */
  let stale = true;
  /** Whether the ledger has contradicted what was read from it, and nothing has gone well since. */
  let contradicted = false;
  let seenAt = Number.NEGATIVE_INFINITY;

  async function load(): Promise<void> {
    // One snapshot: a block that is known with its offering missing would lose what is bought of that one.
    const reading = ledger.db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only");
    await reading.execute(async (db) => {
      tracker = headTracker(await recentHeaders({ db }));
      known = await knownContracts({ db });
      head = await readHead(db);
    });
    stale = false;
  }

  async function look(): Promise<boolean> {
    const latest = await client.getBlock();
    if (stale) await load();
    stale = true;
    try {
      const current = await compare(latest);
      if (current) await noteSeen();
      stale = false;
      contradicted = false;
      return current;
    } catch (error) {
      // Another process may have moved the ledger, which shows when it is read again.
      if (contradicted || !isJoulemintError(error, "CHAIN_REORG")) throw error;
      contradicted = true;
      return false;
    }
  }

  /** Not at every look: the ledger has other things to write. */
  async function noteSeen(): Promise<void> {
    const now = performance.now();
    if (head === null || now - seenAt < SEEN_EVERY_MS) return;
    await markSeen(ledger, head.number);
    seenAt = now;
  }

  async function compare(latest: Header): Promise<boolean> {
    const event = tracker.observe(latest);
    if (event.kind !== "behind") behindSince = null;
    switch (event.kind) {
      case "known":
        return true;
      case "append": {
        const stray = await applyUpTo(latest.number);
        if (stray === null) return true;
        const why = tracker.observe(stray);
        if (why.kind === "fork" || why.kind === "reorg" || why.kind === "foreign") await leave(why, latest);
        return false;
      }
      case "behind":
        if (lags()) return false;
        await leave(event.block === null ? tracker.search(latest.number) : goBack(event.block), latest);
        return false;
      default:
        await leave(event, latest);
        return false;
    }
  }

  /** A node behind a balancer may know less than the one before it. */
  function lags(): boolean {
    behindSince ??= performance.now();
    return performance.now() - behindSince < behindToleranceMs;
  }

  /** Applies what is missing. Gives the first block that does not follow what the ledger has, and applies nothing of it. */
  async function applyUpTo(latest: bigint): Promise<Header | null> {
    const finality = await readFinality(client);
    for (;;) {
      const from = tracker.head === null ? startBlock : tracker.head.number + 1n;
      if (from > latest) return null;
      const last = from + BigInt(windowBlocks) - 1n;
      const to = last < latest ? last : latest;
      const allHeadersFrom = latest - HEADERS_KEPT + 1n;
      const source = { client, credits, operators, startBlock, windowBlocks, known, allHeadersFrom };
      const batch = await readBatch(source, from, to);
      const [first] = batch.blocks;
      if (first !== undefined && tracker.head !== null && first.parentHash !== tracker.head.hash) return first;
      await apply(batch, finality);
    }
  }

  async function apply(batch: ChainBatch, finality: Finality): Promise<void> {
    const { blocks, models } = batch;
    const extended = tracker.extend(blocks);
    // Read at another time than the blocks, so perhaps of another branch.
    for (const final of [finality.safe, finality.finalized]) {
      const same = final === null ? null : extended.at(final.number);
      if (same !== null && same.hash !== final?.hash) throw inconsistent(same.number);
    }
    await applyBlocks(ledger, batch, { meteringKey, finality });
    tracker = extended;
    if (models.length > 0 || registers(blocks)) known = await knownContracts(ledger);
    const newest = blocks.at(-1);
    if (newest === undefined) return;
    head = { number: newest.number, hash: newest.hash, timestamp: new Date(Number(newest.timestamp) * 1000) };
  }

  /** Goes back to where the chain's branch and the ledger's part. */
  async function leave(fork: ForkEvent, latest: Header): Promise<void> {
    let event = fork;
    while (event.kind === "fork") event = tracker.locate(await readBlocks(client, event.ask));
    if (event.kind === "foreign") throw noAncestor(latest);
    await undo(event.ancestor, latest);
  }

  async function undo(ancestor: Header, latest: Header): Promise<void> {
    const from = tracker.head?.number ?? ancestor.number;
    const { suspended, reopened } = await undoBlocks(ledger, { ancestor, meteringKey }).catch((error: unknown) => {
      const floor = isJoulemintError(error, "CHAIN_REORG") ? error.details.floor : undefined;
      throw typeof floor === "bigint" && latest.number < floor ? tooShort(latest) : error;
    });
    const { number, hash } = ancestor;
    reorg = joinReorgs(reorg, { ancestor: { number, hash }, dropped: from - number, suspended, reopened });
    await load();
  }

  function noAncestor(latest: Header): JoulemintError {
    const { head, tail } = tracker;
    if (tail !== null && latest.number < tail.number) return tooShort(latest);
    const block = head !== null && head.number < latest.number ? head.number : latest.number;
    const expected = tracker.at(block)?.hash ?? null;
    return new JoulemintError("CHAIN_REORG", { block, expected, actual: block === latest.number ? latest.hash : null });
  }

  function tooShort(latest: Header): JoulemintError {
    return new JoulemintError("CHAIN_BEHIND", { block: tracker.head?.number ?? null, head: latest.number });
  }

  return {
    load,
    look,
    takeReorg() {
      const taken = reorg;
      reorg = null;
      return taken;
    },
    head: () => head,
    has({ number, hash }) {
      // A reorg that was not taken yet is not over.
      if (reorg !== null || head === null || head.number < number) return false;
      const block = tracker.at(number);
      return block === null ? number < (tracker.tail?.number ?? 0n) : block.hash === hash;
    },
  };
}

const goBack = (ancestor: Header): ForkEvent => ({ kind: "reorg", ancestor });

const lowerCase = (address: Address) => address.toLowerCase() as Address;

function registers(blocks: readonly ChainBlock[]): boolean {
  return blocks.some(({ events }) => events.some(({ event }) => event.name === "OfferingRegistered"));
}
