import { globSync } from "node:fs";
import { bytecodeOf } from "../deployment/initCode.ts";

const folder = new URL("../contracts/", import.meta.url).pathname;

/** Every contract of ours that can be deployed, by its path below the folder of contracts; none that tests play with. */
export const productContracts: readonly string[] = globSync("**/*.sol", { cwd: folder })
  .filter((file) => !/^(test|interfaces|libraries)\//.test(file))
  .map((file) => file.replace(".sol", ""))
  .filter((contract) => bytecodeOf(contract) !== "0x")
  .sort();
