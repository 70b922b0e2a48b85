import { CREATE2_DEPLOYER, create2 } from "@joulemint/contracts/deployment/create2";
import { initCode } from "@joulemint/contracts/deployment/initCode";
import { type Address, type Hex, parseAbi } from "viem";
import type { DeployedChain } from "./deployedChain.ts";

const ABIS = {
  /** Holds shares of a lender for the length of one call. */
  FlashBorrower: parseAbi([
    "function borrow(address shares, address lender, uint256 amount, address target, bytes data)",
  ]),
  /** Passes for the shares of a model. */
  HostileModel: parseAbi(["function owner() view returns (address)"]),
  /** Makes a call of its own in the middle of every transfer. */
  CallingToken: parseAbi([
    "function mint(address to, uint256 amount)",
    "function approve(address spender, uint256 amount)",
    "function beforeTransfer(address target, bytes data)",
    "event Called(bool success, bytes result)",
  ]),
};

/** Deploys what an attacker brings along. */
export async function deployHostile<Name extends keyof typeof ABIS>(
  chain: DeployedChain,
  name: Name,
  ...args: unknown[]
): Promise<{ readonly address: Address; readonly abi: (typeof ABIS)[Name] }> {
  const { address, data } = create2(initCode(`test/${name}`, args));
  await chain.send({ to: CREATE2_DEPLOYER, data: data as Hex });
  chain.name(address, `attacker's ${name}`);
  return { address: address as Address, abi: ABIS[name] };
}
