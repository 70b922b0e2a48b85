import { CREATE2_DEPLOYER } from "../deployment/create2.ts";

const CODE =
  "0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3";

/** Puts the canonical CREATE2 deployer where it stands on a public chain. */
export async function putCanonicalDeployer(provider: { send(method: string, params: unknown[]): Promise<unknown> }) {
  await provider.send("hardhat_setCode", [CREATE2_DEPLOYER, CODE]);
}
