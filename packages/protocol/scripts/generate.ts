import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { CREATE2_DEPLOYER } from "@joulemint/contracts/deployment/create2";
import { singletons } from "@joulemint/contracts/deployment/singletons";
import { isJoulemintError } from "../src/JoulemintError.ts";
import { generateAbis } from "./generateAbis.ts";
import { generateAddresses } from "./generateAddresses.ts";

const credits = "@joulemint/contracts/artifacts/contracts/Credits.sol/Credits.json";

const target = join(import.meta.dirname, "../src/generated");

try {
  await generateAbis({ artifacts: dirname(dirname(fileURLToPath(import.meta.resolve(credits)))), target });
  await generateAddresses(target, { create2Deployer: CREATE2_DEPLOYER, ...singletons().addresses });
} catch (error) {
  if (!isJoulemintError(error)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
}
