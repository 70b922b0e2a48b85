import { readFile } from "node:fs/promises";
import { CREATE2_DEPLOYER } from "../deployment/create2.ts";
import { putCanonicalDeployer } from "./canonicalDeployer.ts";
import { ethers } from "./chain.ts";

/** Permit2 itself, at its own address. */
export async function deployPermit2(): Promise<string> {
  const file = new URL("./data/permit2.json", import.meta.url);
  const { salt, initCode, address } = JSON.parse(await readFile(file, "utf8")) as Record<string, string>;
  await putCanonicalDeployer(ethers.provider);
  const [sender] = await ethers.getSigners();
  await sender.sendTransaction({ to: CREATE2_DEPLOYER, data: ethers.concat([salt ?? "", initCode ?? ""]) });
  if ((await ethers.provider.getCode(address ?? "")) === "0x") throw new Error("this is not the code of Permit2");
  return address ?? "";
}
