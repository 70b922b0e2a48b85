import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { JoulemintError } from "../src/JoulemintError.ts";
import { writeIfChanged } from "./writeIfChanged.ts";

const CONTRACTS = ["Credits", "Shares", "TestDollar"] as const;

/**
 * Writes one TypeScript file for each contract, `credits.ts` with `creditsAbi` and `creditsBytecode` and so on, from
 * Hardhat's artifacts. A file whose text would not change is left alone, so that watchers and caches stay quiet.
 * Returns the names of the files written. Throws `CONFIG_INVALID` naming an artifact that is missing or incomplete.
 */
export async function generateAbis(folders: { artifacts: string; target: string }): Promise<string[]> {
  await mkdir(folders.target, { recursive: true });
  const written: string[] = [];
  for (const contract of CONTRACTS) {
    const name = contract.charAt(0).toLowerCase() + contract.slice(1);
    const source = sourceOf(name, await readArtifact(join(folders.artifacts, `${contract}.sol`, `${contract}.json`)));
    if (await writeIfChanged(join(folders.target, `${name}.ts`), source)) written.push(`${name}.ts`);
  }
  return written;
}

interface Artifact {
  abi: unknown[];
  bytecode: string;
}

async function readArtifact(path: string): Promise<Artifact> {
  const text = await readFile(path, "utf8").catch((cause) => {
    const remedy = "run `npm run build` at the root, which compiles the contracts first";
    throw new JoulemintError("CONFIG_INVALID", { missing: path, remedy }, { cause });
  });
  const { abi, bytecode } = JSON.parse(text) as Partial<Artifact>;
  // An interface has the bytecode "0x", and a contract with unlinked libraries has placeholders in it.
  if (!Array.isArray(abi) || typeof bytecode !== "string" || !/^0x[0-9a-f]{2,}$/i.test(bytecode)) {
    throw new JoulemintError("CONFIG_INVALID", { artifact: path, expected: "an ABI and linked bytecode" });
  }
  return { abi, bytecode };
}

function sourceOf(name: string, { abi, bytecode }: Artifact): string {
  return [
    "// Generated from contracts/ by packages/protocol/scripts/generate.ts; do not edit.",
    `export const ${name}Abi = ${JSON.stringify(abi, null, 2)} as const;`,
    `export const ${name}Bytecode = "${bytecode}" as const;`,
    "",
  ].join("\n");
}
