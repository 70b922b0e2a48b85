import { type Address, erc20Abi, parseAbiItem } from "viem";
import type { DeployedChain } from "./deployedChain.ts";

const TRANSFER = parseAbiItem("event Transfer(address indexed from, address indexed to, uint256 value)");

/**
 * Who holds what of a token, by name: of everybody who ever received some of it. Throws when that is not all of the
 * supply, or is held by somebody without a name.
 */
export async function tokenBook(
  { client, nameOf }: Pick<DeployedChain, "client" | "nameOf">,
  address: Address,
): Promise<Record<string, bigint>> {
  const token = { address, abi: erc20Abi } as const;
  const transfers = await client.getLogs({ address, event: TRANSFER, fromBlock: 0n, strict: true });
  const book: Record<string, bigint> = {};
  for (const holder of new Set(transfers.map(({ args }) => args.to))) {
    const balance = await client.readContract({ ...token, functionName: "balanceOf", args: [holder] });
    if (balance > 0n) book[nameOf(holder)] = balance;
  }
  const sum = Object.values(book).reduce((total, balance) => total + balance, 0n);
  const supply = await client.readContract({ ...token, functionName: "totalSupply" });
  if (sum !== supply) throw new Error(`${sum} of ${supply} are accounted for`);
  return book;
}
