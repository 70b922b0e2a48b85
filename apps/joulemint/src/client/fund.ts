import { testDollarAbi } from "@joulemint/protocol/generated/testDollar";
import type { LocalAccount } from "viem";
import type { FactoryClient } from "./FactoryClient.ts";
import { giveGas } from "./giveGas.ts";

/** Gives an account gas and test dollars (base units). Works on a local chain only, where both are free. */
export async function fund(client: FactoryClient, account: LocalAccount, dollars: bigint): Promise<void> {
  await giveGas(client.card.rpc, [account.address]);
  await client.wallet(account).call(client.card.offering.paymentToken, {
    abi: testDollarAbi,
    functionName: "mint",
    args: [account.address, dollars],
  });
}
