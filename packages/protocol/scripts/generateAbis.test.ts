import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CONTRACTS, generateAbis } from "./generateAbis.ts";

let folder: string;
let folders: { artifacts: string; target: string };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "joulemint-generate-"));
  folders = { artifacts: join(folder, "artifacts"), target: join(folder, "generated") };
  for (const contract of CONTRACTS) await writeArtifact(contract, { bytecode: "0x6001" });
});
afterEach(() => rm(folder, { recursive: true }));

async function writeArtifact(contract: string, artifact: { bytecode: string }) {
  await mkdir(join(folders.artifacts, `${contract}.sol`), { recursive: true });
  const abi = [{ type: "event", name: contract, inputs: [] }];
  await writeFile(join(folders.artifacts, `${contract}.sol`, `${contract}.json`), JSON.stringify({ abi, ...artifact }));
}

describe("generateAbis", () => {
  it("writes the ABI and the bytecode of each contract", async () => {
    const written = await generateAbis(folders);
    expect(written).toHaveLength(CONTRACTS.length);
    expect(written).toEqual(expect.arrayContaining(["credits.ts", "shareVault.ts", "testDollar.ts"]));
    const source = await readFile(join(folders.target, "testDollar.ts"), "utf8");
    expect(source).toContain("export const testDollarAbi = [\n");
    expect(source).toContain('"name": "TestDollar"');
    expect(source).toContain("] as const;\n");
    expect(source).toContain('export const testDollarBytecode = "0x6001" as const;\n');
  });

  it("rewrites only what changed", async () => {
    await generateAbis(folders);
    const before = await stat(join(folders.target, "credits.ts"), { bigint: true });
    await writeArtifact("Shares", { bytecode: "0x6002" });
    expect(await generateAbis(folders)).toEqual(["shares.ts"]);
    expect((await stat(join(folders.target, "credits.ts"), { bigint: true })).mtimeNs).toBe(before.mtimeNs);
  });

  it("says which artifact is missing and how to get it", async () => {
    await rm(join(folders.artifacts, "Shares.sol"), { recursive: true });
    await expect(generateAbis(folders)).rejects.toThrow(
      expect.objectContaining({
        code: "CONFIG_INVALID",
        message: expect.stringMatching(/Shares\.json.*npm run build/),
      }),
    );
  });

  it.each(["0x", "0x60__$placeholder$__", ""])("refuses the bytecode %o", async (bytecode) => {
    await writeArtifact("Credits", { bytecode });
    await expect(generateAbis(folders)).rejects.toThrow(expect.objectContaining({ code: "CONFIG_INVALID" }));
  });
});
