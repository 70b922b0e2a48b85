import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import {
  type Address,
  createWalletClient,
  type EncodeFunctionDataParameters,
  encodeFunctionData,
  type Hex,
  http,
  type LocalAccount,
  type TransactionReceipt,
} from "viem";
import { chainClient, describeChain } from "./chainClient.ts";
import { refusal } from "./refusal.ts";

/** One account on one chain, which waits until what it sends is mined. */
export interface Wallet {
  readonly account: LocalAccount;
  /** Fails with TRANSACTION_FAILED, and the reason that the chain gave, when it reverts. */
  send(transaction: { to: Address; data: Hex }): Promise<TransactionReceipt>;
  /** Calls a function of a contract. */
  call(to: Address, call: EncodeFunctionDataParameters): Promise<TransactionReceipt>;
}

export function createWallet(account: LocalAccount, rpc: string, chainId: number): Wallet {
  const reader = chainClient(rpc, chainId);
  const writer = createWalletClient({ account, chain: describeChain(rpc, chainId), transport: http(rpc) });
  const wallet: Wallet = {
    account,
    async send(transaction) {
      try {
        const hash = await writer.sendTransaction(transaction);
        const receipt = await reader.waitForTransactionReceipt({ hash });
        if (receipt.status === "success") return receipt;
      } catch (cause) {
        throw new JoulemintError("TRANSACTION_FAILED", { to: transaction.to, reason: refusal(cause) }, { cause });
      }
      throw new JoulemintError("TRANSACTION_FAILED", { to: transaction.to, reason: "reverted when mined" });
    },
    call: (to, call) => wallet.send({ to, data: encodeFunctionData(call) }),
  };
  return wallet;
}
