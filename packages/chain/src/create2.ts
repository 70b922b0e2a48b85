import { addresses } from "@joulemint/protocol/generated/addresses";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
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

/**
 * Deploys a contract at the address that its code and arguments give it, unless it stands there already. Fails with
 * TRANSACTION_FAILED on a chain without the canonical CREATE2 deployer.
 */
export async function create2(
  client: ChainClient,
  wallet: Wallet,
  contract: EncodeDeployDataParameters,
): Promise<Address> {
  const { create2Deployer: from } = addresses;
  const bytecode = encodeDeployData(contract);
  const address = getContractAddress({ opcode: "CREATE2", from, salt: zeroHash, bytecode });
  const hasCode = async (at: Address) => ![undefined, "0x"].includes(await client.getCode({ address: at }));
  if (!(await hasCode(address))) {
    // A call of nothing would be mined, and have done nothing.
    if (!(await hasCode(from))) {
      throw new JoulemintError("TRANSACTION_FAILED", { to: from, reason: "this chain has no CREATE2 deployer" });
    }
    await wallet.send({ to: from, data: concat([zeroHash, bytecode]) });
  }
  return address.toLowerCase() as Address;
}
