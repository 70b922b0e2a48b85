import type { ChainBatch, NewModel } from "@joulemint/ledger/chain/ChainBlock";
import type { KnownContracts } from "@joulemint/ledger/chain/knownContracts";
import type { Address, Hex } from "viem";
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
}

/** Up to here, every header is read and its parent checked; a longer way back is taken by the blocks with events alone. */
const ALL_HEADERS = 64n;

/** Blocks `from` to `to` as the ledger applies them. Models that they are the first to name come with their history. */
export async function readBatch(source: BatchSource, from: bigint, to: bigint): Promise<ChainBatch> {
  const { client, credits, startBlock, windowBlocks, known } = source;
  const read = (address: readonly Address[], range: { from: bigint; to: bigint }) =>
    readLogs(client, address, { ...range, windowBlocks });
  const [tip] = await readBlocks(client, [to]);
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
  const headers = to - from < ALL_HEADERS ? range(from, to) : selected.map(({ blockNumber }) => blockNumber);
  const blocks = withEvents(await readBlocks(client, [from, ...headers, to]), selected);
  // The same tip before and after: all logs are of its branch, and none that it has is missing.
  if (blocks.at(-1)?.hash !== tip?.hash) throw inconsistent(to);
  return { blocks, models };
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
  return Array.from({ length: Number(to - from) + 1 }, (_, offset) => from + BigInt(offset));
}
