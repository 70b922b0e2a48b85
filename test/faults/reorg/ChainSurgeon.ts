import { createTestClient, type Hex, http, publicActions } from "viem";

/** What a test may do to a local chain, and nobody else. */
export interface ChainSurgeon {
  /** From now on blocks are made by `mine` only; what is sent waits. */
  holdBlocks(): Promise<void>;
  /** A block for every transaction again; what waits is mined at once. */
  releaseBlocks(): Promise<void>;
  mine(blocks: number): Promise<void>;
  /** Transactions that wait for a block, or for one before them. */
  waiting(): Promise<number>;
  /** Replaces the newest blocks by as many empty ones. Their transactions are gone, as if never sent. */
  replace(blocks: number): Promise<void>;
  /** Takes the newest blocks away, and puts nothing in their place. */
  takeAway(blocks: number): Promise<void>;
  /** A transaction as it was signed, to send it once more. */
  signed(hash: Hex): Promise<Hex>;
  send(signed: Hex): Promise<void>;
}

export function chainSurgeon(rpc: string): ChainSurgeon {
  const chain = createTestClient({ mode: "anvil", transport: http(rpc) }).extend(publicActions);
  // Methods that viem does not know.
  const ask = <T>(method: string, params: readonly unknown[]): Promise<T> =>
    chain.request({ method, params } as never) as Promise<T>;
  return {
    holdBlocks: () => chain.setAutomine(false),
    async releaseBlocks() {
      await chain.setAutomine(true);
      if ((await chain.getTxpoolStatus()).pending > 0) await chain.mine({ blocks: 1 });
    },
    mine: (blocks) => chain.mine({ blocks }),
    async waiting() {
      const { pending, queued } = await chain.getTxpoolStatus();
      return pending + queued;
    },
    replace: (blocks) => ask("anvil_reorg", [blocks, []]),
    takeAway: (blocks) => ask("anvil_rollback", [blocks]),
    signed: (hash) => ask("eth_getRawTransactionByHash", [hash]),
    send: (signed) => ask("eth_sendRawTransaction", [signed]),
  };
}
