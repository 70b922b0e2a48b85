import type { Hex, TransactionReceipt } from "viem";

/** Where a transaction was mined; every helper that sends one gives it. */
export interface MinedTransaction {
  readonly transactionHash: Hex;
  readonly blockNumber: bigint;
}

export function minedTransaction({ transactionHash, blockNumber }: TransactionReceipt): MinedTransaction {
  return { transactionHash, blockNumber };
}
