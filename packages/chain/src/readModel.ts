import type { NewModel } from "@joulemint/ledger/chain/ChainBlock";
import { sharesAbi } from "@joulemint/protocol/generated/shares";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { type Address, erc20Abi, zeroAddress } from "viem";
import type { ChainClient } from "./chainClient.ts";
import type { ChainLog } from "./readLogs.ts";

/** What a model's `Shares` and its payment token say of themselves. */
export async function readModel(client: ChainClient, address: Address): Promise<Omit<NewModel, "history">> {
  const shares = { address, abi: sharesAbi } as const;
  const [name, symbol, owner, supply, token] = await Promise.all([
    client.readContract({ ...shares, functionName: "name" }),
    client.readContract({ ...shares, functionName: "symbol" }),
    client.readContract({ ...shares, functionName: "owner" }),
    client.readContract({ ...shares, functionName: "totalSupply" }),
    client.readContract({ ...shares, functionName: "paymentToken" }),
  ]);
  const payment = { address: token, abi: erc20Abi } as const;
  const [tokenSymbol, decimals] = await Promise.all([
    client.readContract({ ...payment, functionName: "symbol" }),
    client.readContract({ ...payment, functionName: "decimals" }),
  ]);
  const paymentToken = { address: token.toLowerCase(), symbol: tokenSymbol, decimals };
  return { address, name, symbol, owner: owner.toLowerCase(), supply, paymentToken };
}

/** CONFIG_INVALID when the logs of a model do not reach back to where its shares were minted. */
export function checkMinted({ address, supply }: Omit<NewModel, "history">, logs: readonly ChainLog[]): void {
  let minted = 0n;
  for (const { event } of logs) {
    if (event.name === "Transfer" && event.address === address && event.args.from === zeroAddress)
      minted += event.args.value;
  }
  if (minted !== supply) {
    const reason = "indexing must start before the model's shares were deployed";
    throw new JoulemintError("CONFIG_INVALID", { setting: "startBlock", reason, model: address, minted, supply });
  }
}
