import { type ChainEvent, decodeChainEvent } from "@joulemint/protocol/chainEvents";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import {
  type Address,
  formatLog,
  type Hex,
  InternalRpcError,
  InvalidParamsRpcError,
  LimitExceededRpcError,
  numberToHex,
  pad,
  RpcRequestError,
  toEventSelector,
} from "viem";
import type { AuditClient } from "./AuditClient.ts";

/** An event and where in the chain it is. */
export interface ChainLog {
  readonly blockNumber: bigint;
  readonly logIndex: number;
  readonly transactionHash: Hex;
  readonly event: ChainEvent;
}

/** Which logs: those of a contract, maybe with topics, each a choice of several or `null` for any. */
export interface LogFilter {
  readonly address: Address;
  readonly topics?: readonly (readonly Hex[] | null)[];
}

const TRANSFER = toEventSelector("Transfer(address,address,uint256)");

/** Transfers of an ERC-20 from one of some accounts, or to one of them. */
export function transfers(token: Address, side: "from" | "to", accounts: readonly Address[]): LogFilter {
  const parties = accounts.map((account) => pad(account, { size: 32 }));
  return { address: token, topics: side === "from" ? [[TRANSFER], parties] : [[TRANSFER], null, parties] };
}

/**
 * The events of a filter that we account for, from a block up to another, in the order of the chain. `window` is the
 * number of blocks of one request; it narrows where the node wants fewer.
 */
export async function readLogs(
  client: AuditClient,
  filter: LogFilter,
  { from, to, window }: { readonly from: bigint; readonly to: bigint; readonly window: number },
): Promise<ChainLog[]> {
  const logs: ChainLog[] = [];
  let width = BigInt(window);
  let start = from;
  while (start <= to) {
    const end = start + width - 1n < to ? start + width - 1n : to;
    try {
      logs.push(...(await request(client, filter, start, end)));
      start = end + 1n;
    } catch (error) {
      if (end === start || !isRefusal(error)) throw error;
      width = (end - start + 1n) / 2n;
    }
  }
  return logs;
}

async function request(client: AuditClient, filter: LogFilter, from: bigint, to: bigint): Promise<ChainLog[]> {
  const { address, topics = [] } = filter;
  const range = { fromBlock: numberToHex(from), toBlock: numberToHex(to) };
  const found = await client.request({
    method: "eth_getLogs",
    params: [{ address, topics: topics.map((choices) => choices && [...choices]), ...range }],
  });
  return found.flatMap((raw) => {
    const { blockNumber, logIndex, transactionHash, ...log } = formatLog(raw);
    const event = decode(log, `${blockNumber}/${logIndex}`);
    if (event === null || blockNumber === null || logIndex === null || transactionHash === null) return [];
    return [{ blockNumber, logIndex, transactionHash, event }];
  });
}

function decode(log: Parameters<typeof decodeChainEvent>[0], position: string): ChainEvent | null {
  try {
    return decodeChainEvent(log);
  } catch (cause) {
    const message = `log ${position} of ${log.address} has the topic of an event of ours, and not its form`;
    throw new JoulemintError("CHAIN_UNAVAILABLE", { message }, { cause });
  }
}

/** A node that answered, and did not like the width of the window: public ones bound blocks or logs, each in its own words. */
function isRefusal(error: unknown): boolean {
  const refusals = [RpcRequestError, LimitExceededRpcError, InvalidParamsRpcError, InternalRpcError];
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (refusals.some((refusal) => cause instanceof refusal)) return true;
  }
  return false;
}
