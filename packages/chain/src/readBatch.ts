import type { ChainBatch, NewModel } from "@joulemint/ledger/chain/ChainBlock";
import type { KnownContracts } from "@joulemint/ledger/chain/knownContracts";
import { type Address, BlockNotFoundError, type Hex } from "viem";
import type { ChainClient } from "./chainClient.ts";
import { inconsistent, readBlocks, withEvents } from "./readBlocks.ts";
import { type ChainLog, readLogs } from "./readLogs.ts";
import { checkMinted, readModel } from "./readModel.ts";
import { type Followed, selectEvents } from "./selectEvents.ts";

/** Where to read, and whose events. */
export interface BatchSource {
  readonly client: ChainClient;
  readonly credits: Address;
  /** `null` follows the offerings of all operators. */
  readonly operators: ReadonlySet<Address> | null;
  readonly startBlock: bigint;
  readonly windowBlocks: number;
  readonly known: KnownContracts;
  /** From here on every header is read, and its parent checked; before, those of blocks with events alone. */
  readonly allHeadersFrom: bigint;
}

/**
 * Blocks `from` to `to` as the ledger applies them. Models that they are the first to name come with their history.
 * CHAIN_UNAVAILABLE when the chain reorganised meanwhile: ask again.
 */
export async function readBatch(source: BatchSource, from: bigint, to: bigint): Promise<ChainBatch> {
  const [tip] = await readBlocks(source.client, [to]);
  const batch = await readUpTo(source, from, to).catch(async (error: unknown) => {
    // About a branch that is gone, nodes say all kinds of things.
    if ((await hashAt(source.client, to)) !== tip?.hash) throw inconsistent(to, error);
    throw error;
  });
  // The same tip before and after: all logs are of its branch, and none that it has is missing.
  if (batch.blocks.at(-1)?.hash !== tip?.hash) throw inconsistent(to);
  return batch;
}

async function readUpTo(source: BatchSource, from: bigint, to: bigint): Promise<ChainBatch> {
  const { client, credits, startBlock, windowBlocks, known, allHeadersFrom } = source;
  const read = (address: readonly Address[], range: { from: bigint; to: bigint }) =>
    readLogs(client, address, { ...range, windowBlocks });
  let logs = await read([credits, ...known.models], { from, to });
  const followed = follow(source, logs);
  const added = [...followed.models].filter((model) => !known.models.has(model));
  const models: NewModel[] = [];
  for (const address of added) {
    const own = await read([address], { from: startBlock, to });
    const model = await readModel(client, address);
    checkMinted(model, own);
    const earlier = own.filter(({ blockNumber }) => blockNumber < from);
    logs = [...logs, ...own.filter(({ blockNumber }) => blockNumber >= from)];
    const blocks = await readBlocks(
      client,
      earlier.map(({ blockNumber }) => blockNumber),
    );
    models.push({ ...model, history: withEvents(blocks, earlier) });
  }
  const selected = selectEvents(logs, followed);
  const headers = range(allHeadersFrom > from ? allHeadersFrom : from, to);
  const numbers = [from, ...selected.map(({ blockNumber }) => blockNumber), ...headers, to];
  return { blocks: withEvents(await readBlocks(client, numbers), selected), models };
}

async function hashAt(client: ChainClient, blockNumber: bigint): Promise<Hex | null> {
  try {
    return (await client.getBlock({ blockNumber })).hash;
  } catch (error) {
    if (error instanceof BlockNotFoundError) return null;
    throw error;
  }
}

/** The known contracts, and those that the logs introduce. */
function follow({ credits, known, operators }: BatchSource, logs: readonly ChainLog[]): Followed {
  const offerings = new Set<Hex>(known.offerings);
  const models = new Set<Hex>(known.models);
  for (const { event } of logs) {
    if (event.name !== "OfferingRegistered" || event.address !== credits) continue;
    if (operators !== null && !operators.has(event.args.terms.operator)) continue;
    offerings.add(event.args.offering);
    models.add(event.args.model);
  }
  return { credits, offerings, models };
}

function range(from: bigint, to: bigint): bigint[] {
  return Array.from({ length: Math.max(0, Number(to - from) + 1) }, (_, offset) => from + BigInt(offset));
}
