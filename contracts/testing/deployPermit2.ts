import { readFile } from "node:fs/promises";
import { ethers, networkHelpers } from "./chain.ts";

/** https://github.com/Arachnid/deterministic-deployment-proxy: its address and its code are the same on every chain. */
const DEPLOYER = "0x4e59b44847b379578588920cA78FbF26c0B4956C";
const DEPLOYER_CODE =
  "0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3";

/** Permit2 itself, at its own address. */
export async function deployPermit2(): Promise<string> {
  const file = new URL("./data/permit2.json", import.meta.url);
  const { salt, initCode, address } = JSON.parse(await readFile(file, "utf8")) as Record<string, string>;
  await networkHelpers.setCode(DEPLOYER, DEPLOYER_CODE);
  const [sender] = await ethers.getSigners();
  await sender.sendTransaction({ to: DEPLOYER, data: ethers.concat([salt ?? "", initCode ?? ""]) });
  if ((await ethers.provider.getCode(address ?? "")) === "0x") throw new Error("this is not the code of Permit2");
  return address ?? "";
}
