import {
  type Address,
  concat,
  type EncodeDeployDataParameters,
  encodeDeployData,
  getContractAddress,
  zeroHash,
} from "viem";
import type { ChainClient } from "./chainClient.ts";
import type { Wallet } from "./Wallet.ts";

/** The canonical CREATE2 deployer: it has the same address on every chain, and so has what it deploys. */
const DEPLOYER: Address = "0x4e59b44847b379578588920cA78FbF26c0B4956C";

/** Deploys a contract at the address that its code and arguments give it, unless it stands there already. */
export async function create2(
  client: ChainClient,
  wallet: Wallet,
  contract: EncodeDeployDataParameters,
): Promise<Address> {
  const bytecode = encodeDeployData(contract);
  const address = getContractAddress({ opcode: "CREATE2", from: DEPLOYER, salt: zeroHash, bytecode });
  const code = await client.getCode({ address });
  if (code === undefined || code === "0x") await wallet.send({ to: DEPLOYER, data: concat([zeroHash, bytecode]) });
  return address.toLowerCase() as Address;
}
