import type { ChainEvent } from "@joulemint/protocol/chainEvents";
import { applyBlocks } from "../chain/applyBlocks.ts";
import type { ChainBatch, NewModel } from "../chain/ChainBlock.ts";
import { markSeen } from "../chain/markSeen.ts";
import type { Ledger } from "../Ledger.ts";
import { readHead } from "../read/readHead.ts";
import { testHash } from "./testHex.ts";

export interface TestBlockOptions {
  /** Models that this block is the first to name. */
  readonly models?: readonly NewModel[];
  /** Sessions that this block opens under any other signer are signed by their consumer. */
  readonly meteringKey?: string | null;
}

/** A ledger, and maybe a list that gets every batch that a test applies to it. */
export interface TestLedger extends Pick<Ledger, "db"> {
  readonly applied?: ChainBatch[];
}

/** Appends a block with these events, as an indexer would that is then where the chain is. */
export async function appendTestBlock(
  ledger: TestLedger,
  events: readonly ChainEvent[] = [],
  { models = [], meteringKey = null }: TestBlockOptions = {},
): Promise<void> {
  const head = await readHead(ledger.db);
  const number = (head?.number ?? 0n) + 1n;
  const parentHash = head?.hash ?? testHash("genesis");
  const content = JSON.stringify(events, (_, value) => (typeof value === "bigint" ? String(value) : value));
  const hash = testHash(`${number} ${parentHash} ${content}`);
  const logged = events.map((event, logIndex) => ({ event, logIndex, transactionHash: testHash(`in ${hash}`) }));
  const block = { number, hash, parentHash, timestamp: 1_700_000_000n + number, events: logged };
  const batch = { blocks: [block], models };
  await applyBlocks(ledger, batch, { meteringKey });
  await markSeen(ledger, number);
  ledger.applied?.push(batch);
}
