import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { decodeSettledRows } from "@joulemint/protocol/settledRows";
import { decodeVoucherRows } from "@joulemint/protocol/Voucher";
import { decodeEventLog, decodeFunctionData, encodeEventTopics, type Hex, type Log, numberToHex, pad } from "viem";
import type { World } from "../world/startWorld.ts";

/**
 * Writes what the settler had mined since the last look into the books, each row as the contract had to decide it, and
 * gives the offerings that it settled. After a reorg a settlement that was sent again under an earlier nonce may still be
 * in the node's pool under its old one: mined late, it settles nothing, and counts for nothing.
 */
export async function bookSettlements(world: World, upTo: bigint | null = null): Promise<Hex[]> {
  const { chronicle, chain, rpc, domain, parties, books } = world;
  const to = upTo ?? (await chain.head()).number;
  if (to <= chronicle.head) return [];
  const [settled] = encodeEventTopics({ abi: creditsAbi, eventName: "Settled" });
  const range = { fromBlock: numberToHex(chronicle.head + 1n), toBlock: numberToHex(to) };
  const topics = [settled, null, pad(parties.settler.address)];
  const logs = (await rpc.request("eth_getLogs", [{ address: domain.credits, topics, ...range }])) as Log<
    bigint,
    number,
    false
  >[];
  const offerings: Hex[] = [];
  for (const log of logs) {
    const { input } = (await rpc.request("eth_getTransactionByHash", [log.transactionHash])) as { input: Hex };
    const { args } = decodeEventLog({ abi: creditsAbi, eventName: "Settled", data: log.data, topics: log.topics });
    const offering = books.offerings.find(({ id }) => id === args.offering);
    const call = decodeFunctionData({ abi: creditsAbi, data: input });
    if (offering === undefined || call.functionName !== "settleAndRelease") throw new Error(`a settlement by ${input}`);
    const outcomes = decodeVoucherRows(call.args[1]).map(({ voucher: { session: id, cumulative } }) => {
      const session = books.sessions.get(id);
      if (session === undefined) throw new Error(`the settler settles ${id}, which there never was`);
      if (cumulative > session.asked) session.asked = cumulative;
      return session.settle(cumulative, session.signer);
    });
    const expected = outcomes.map(({ reason }) => reason);
    const actual = decodeSettledRows(args.rows).map(({ reason }) => reason);
    if (String(actual) !== String(expected)) throw new Error(`settled rows were ${actual}, but should be ${expected}`);
    books.release(offering);
    chronicle.record(BigInt(log.blockNumber), null);
    if (outcomes.some(({ consumed }) => consumed > 0n)) offerings.push(offering.id);
    else world.saw("settlement mined for nothing", 1);
  }
  chronicle.pass(to);
  return offerings;
}
