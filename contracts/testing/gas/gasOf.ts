import type { ContractTransactionResponse } from "ethers";

/** Gas of a whole transaction. */
export async function gasOf(sending: Promise<ContractTransactionResponse>): Promise<number> {
  const receipt = await (await sending).wait();
  if (!receipt) throw new Error("a transaction of an anchor was not mined");
  return Number(receipt.gasUsed);
}
