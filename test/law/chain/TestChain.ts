import { refusal } from "@joulemint/chain/refusal";
import { type ChainEvent, decodeChainEvent } from "@joulemint/protocol/chainEvents";
import { type Address, type Hex, type LocalAccount, type Log, numberToHex } from "viem";
import type { Rpc } from "./connectRpc.ts";

export interface Head {
  readonly number: bigint;
  readonly hash: Hex;
  /** Unix seconds. */
  readonly timestamp: bigint;
}

/** What became of a transaction. Each has a block of its own. */
export interface Mined {
  readonly block: bigint;
  readonly succeeded: boolean;
  readonly events: readonly ChainEvent[];
}

export interface Message {
  readonly to: Address;
  readonly data: Hex;
}

/** More than any transaction here takes, so that nobody has to ask the node for an estimate. */
const GAS = 3_000_000n;
/** A node that still has not mined what it took is asked for a block, which takes along what waits in its pool. */
const PATIENCE_MS = 5_000;
const FEES = { maxFeePerGas: 10n ** 12n, maxPriorityFeePerGas: 1n };

/**
 * An anvil whose blocks are a second apart, whatever the time: so a seed always gives the same chain. Everything here is
 * one request each; nothing is estimated or polled for.
 */
export class TestChain {
  readonly #rpc: Rpc;
  readonly #chainId: number;
  readonly #nonces = new Map<Address, number>();

  constructor(rpc: Rpc, chainId: number) {
    this.#rpc = rpc;
    this.#chainId = chainId;
  }

  async head(): Promise<Head> {
    const block = (await this.#rpc.request("eth_getBlockByNumber", ["latest", false])) as Record<string, Hex>;
    return { number: BigInt(block.number as Hex), hash: block.hash as Hex, timestamp: BigInt(block.timestamp as Hex) };
  }

  async sign(account: LocalAccount, message: Message): Promise<Hex> {
    const nonce = this.#nonces.get(account.address) ?? (await this.nonceOf(account.address));
    this.#nonces.set(account.address, nonce + 1);
    const transaction = { type: "eip1559", chainId: this.#chainId, nonce, gas: GAS, ...FEES, ...message } as const;
    return account.signTransaction(transaction);
  }

  /** Mines a signed transaction at once. Fails when the node does not take it. */
  async send(signed: Hex): Promise<Mined> {
    const reminder = setTimeout(() => void this.mine(1n), PATIENCE_MS);
    const receipt = (await this.#rpc
      .request("eth_sendRawTransactionSync", [signed])
      .catch(async (error) => {
        const pool = JSON.stringify(await this.#rpc.request("txpool_inspect"));
        throw new Error(`not mined; the node's pool is ${pool}`, { cause: error });
      })
      .finally(() => clearTimeout(reminder))) as { blockNumber: Hex; status: Hex; logs: Log[] };
    return {
      block: BigInt(receipt.blockNumber),
      succeeded: receipt.status === "0x1",
      events: receipt.logs.map((log) => decodeChainEvent(log)).filter((event) => event !== null),
    };
  }

  /** Why a transaction would be refused in a block of that time, on top of `block` or of the head; `null` when it would not. */
  async refusal(
    from: Address,
    message: Message,
    timestamp: bigint,
    block: bigint | null = null,
  ): Promise<string | null> {
    const call = { from, ...message, gas: numberToHex(GAS) };
    const at = block === null ? "latest" : numberToHex(block);
    try {
      await this.#rpc.request("eth_call", [call, at, {}, { time: numberToHex(timestamp) }]);
      return null;
    } catch (error) {
      return refusal(error);
    }
  }

  async nonceOf(account: Address): Promise<number> {
    return Number(await this.#rpc.request("eth_getTransactionCount", [account, "latest"]));
  }

  async mine(blocks: bigint): Promise<void> {
    await this.#rpc.request("anvil_mine", [numberToHex(blocks)]);
  }

  /** An empty block of that time. */
  async jumpTo(timestamp: bigint): Promise<void> {
    await this.#rpc.request("evm_setNextBlockTimestamp", [numberToHex(timestamp)]);
    await this.mine(1n);
  }

  /** Forgets every block above that one, and every transaction that waits. */
  async rollBack(to: bigint): Promise<void> {
    const { number } = await this.head();
    if (number > to) await this.#rpc.request("anvil_rollback", [Number(number - to)]);
    await this.#rpc.request("anvil_dropAllTransactions");
    this.#nonces.clear();
  }
}
