import { type Chain, createPublicClient, defineChain, http, type PublicClient, type Transport } from "viem";

export type ChainClient = PublicClient<Transport, Chain>;

/** A client for reading a chain over JSON-RPC. Polls often enough for a local chain. */
export function chainClient(rpc: string, chainId: number): ChainClient {
  return createPublicClient({ chain: describeChain(rpc, chainId), transport: http(rpc), pollingInterval: 50 });
}

export function describeChain(rpc: string, id: number): Chain {
  return defineChain({
    id,
    name: `chain ${id}`,
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [rpc] } },
  });
}
