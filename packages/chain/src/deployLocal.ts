import { creditsAbi, creditsBytecode } from "@joulemint/protocol/generated/credits";
import { sharesAbi, sharesBytecode } from "@joulemint/protocol/generated/shares";
import { testDollarAbi, testDollarBytecode } from "@joulemint/protocol/generated/testDollar";
import type { Address } from "viem";
import type { ChainClient } from "./chainClient.ts";
import { create2 } from "./create2.ts";
import type { Wallet } from "./Wallet.ts";

export interface ModelShares {
  readonly name: string;
  readonly symbol: string;
  readonly owner: Address;
  /** Share units, six decimals; minted once. */
  readonly holders: readonly { holder: Address; amount: bigint }[];
}

export interface LocalDeployment {
  readonly paymentToken: Address;
  readonly credits: Address;
  /** The model's `Shares`. */
  readonly model: Address;
}

/** Puts the test dollar, `Credits` and one model's `Shares` on a local chain. What stands there already is left as it is. */
export async function deployLocal(client: ChainClient, wallet: Wallet, shares: ModelShares): Promise<LocalDeployment> {
  const paymentToken = await create2(client, wallet, { abi: testDollarAbi, bytecode: testDollarBytecode });
  const credits = await create2(client, wallet, { abi: creditsAbi, bytecode: creditsBytecode });
  const { name, symbol, owner, holders } = shares;
  const [accounts, amounts] = [holders.map(({ holder }) => holder), holders.map(({ amount }) => amount)];
  const model = await create2(client, wallet, {
    abi: sharesAbi,
    bytecode: sharesBytecode,
    args: [name, symbol, paymentToken, owner, accounts, amounts],
  });
  return { paymentToken, credits, model };
}
