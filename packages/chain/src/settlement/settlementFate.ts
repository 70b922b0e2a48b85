import type { SettlementIntent } from "@joulemint/ledger/chain/settlementIntents";
import { type Address, type Hex, type TransactionReceipt, TransactionReceiptNotFoundError } from "viem";
import type { ChainClient } from "../chainClient.ts";

/** What became of a settlement that was sent, as far as the node knows. */
export type SettlementFate =
  | { readonly kind: "mined"; readonly receipt: TransactionReceipt }
  /** It waits, and is the next of its account. */
  | { readonly kind: "pending"; readonly hash: Hex }
  /** The node does not know it, and its nonce is the account's next. */
  | { readonly kind: "lost" }
  /** The chain has gone back: the account's next nonce is an earlier one. */
  | { readonly kind: "early" }
  /** Another transaction took its nonce. */
  | { readonly kind: "superseded" };

export async function settlementFate(
  client: ChainClient,
  address: Address,
  { nonce, transactionHashes }: NonNullable<SettlementIntent["sent"]>,
): Promise<SettlementFate> {
  // Counted before asking for receipts: if one of ours takes the nonce in between, its receipt is there.
  const next = await client.getTransactionCount({ address, blockTag: "latest" });
  const newestFirst = [...transactionHashes].reverse();
  for (const hash of newestFirst) {
    const receipt = await findReceipt(client, hash);
    if (receipt !== null) return { kind: "mined", receipt };
  }
  if (next > nonce) return { kind: "superseded" };
  if (next < nonce) return { kind: "early" };
  for (const hash of newestFirst) if (await isKnown(client, hash)) return { kind: "pending", hash };
  return { kind: "lost" };
}

/** Whether the node has a transaction, mined or not. */
export async function isKnown(client: ChainClient, hash: Hex): Promise<boolean> {
  return (await client.request({ method: "eth_getTransactionByHash", params: [hash] })) !== null;
}

async function findReceipt(client: ChainClient, hash: Hex): Promise<TransactionReceipt | null> {
  try {
    return await client.getTransactionReceipt({ hash });
  } catch (error) {
    if (error instanceof TransactionReceiptNotFoundError) return null;
    throw error;
  }
}
