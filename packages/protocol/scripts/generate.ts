import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isJoulemintError } from "../src/JoulemintError.ts";
import { generateAbis } from "./generateAbis.ts";

const credits = "@joulemint/contracts/artifacts/contracts/Credits.sol/Credits.json";

try {
  await generateAbis({
    artifacts: dirname(dirname(fileURLToPath(import.meta.resolve(credits)))),
    target: join(import.meta.dirname, "../src/generated"),
  });
} catch (error) {
  if (!isJoulemintError(error)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
}
