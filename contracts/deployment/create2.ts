import { concat, getCreate2Address, keccak256, ZeroHash } from "ethers";

/** https://github.com/Arachnid/deterministic-deployment-proxy: its address is the same on every chain, and so is that of what it deploys. */
export const CREATE2_DEPLOYER = "0x4e59b44847b379578588920cA78FbF26c0B4956C";

/** One salt for everything: code and constructor arguments tell contracts apart. */
const SALT = ZeroHash;

/** Where the deployer puts a contract, and what it must be sent for that. */
export function create2(initCode: string): { address: string; data: string } {
  const address = getCreate2Address(CREATE2_DEPLOYER, SALT, keccak256(initCode));
  return { address, data: concat([SALT, initCode]) };
}
