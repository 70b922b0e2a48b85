import { type ChainClient, describeChain } from "@joulemint/chain/chainClient";
import { createPublicClient, custom } from "viem";
import type { Rpc } from "../chain/connectRpc.ts";
import type { Fuse } from "./Fuse.ts";

/** The chain as one incarnation of the factory sees it: every request is an await point of the fuse. */
export function fusedClient(rpc: Rpc, url: string, chainId: number, fuse: Fuse): ChainClient {
  const request = ({ method, params }: { method: string; params?: unknown }) =>
    fuse.pass(() => rpc.request(method, params as readonly unknown[]));
  return createPublicClient({ chain: describeChain(url, chainId), transport: custom({ request }), pollingInterval: 5 });
}
