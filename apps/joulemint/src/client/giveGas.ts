import { type Address, createTestClient, http, parseEther } from "viem";

/** Sets the ether of accounts on a local chain. */
export async function giveGas(rpc: string, addresses: readonly Address[]): Promise<void> {
  const chain = createTestClient({ mode: "anvil", transport: http(rpc) });
  for (const address of addresses) await chain.setBalance({ address, value: parseEther("10") });
}
