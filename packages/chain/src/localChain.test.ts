import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestClient, http } from "viem";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chainClient } from "./chainClient.ts";
import { type LocalChain, startLocalChain } from "./localChain.ts";

describe("startLocalChain", () => {
  let directory: string;
  let stateFile: string;
  const started: LocalChain[] = [];
  const start = async (options = {}) => {
    const chain = await startLocalChain(options);
    started.push(chain);
    return chain;
  };
  const head = (chain: LocalChain) => chainClient(chain.rpc, chain.chainId).getBlock();
  const mine = ({ rpc }: LocalChain) => createTestClient({ mode: "anvil", transport: http(rpc) }).mine({ blocks: 3 });

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "joulemint-chain-"));
    stateFile = join(directory, "chain.json");
  });
  afterEach(async () => {
    for (const chain of started.splice(0)) await chain.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it("has a port of its own, and the chain id that was asked for", async () => {
    const [one, other] = [await start(), await start({ chainId: 7 })];
    expect(one.rpc).not.toBe(other.rpc);
    expect(await chainClient(other.rpc, 7).getChainId()).toBe(7);
  });

  it("goes on with the same blocks after it was closed", async () => {
    const first = await start({ stateFile });
    await mine(first);
    const { number, hash } = await head(first);
    await first.close();
    const second = await start({ stateFile });
    expect(await head(second)).toMatchObject({ number, hash });
  });

  it("takes over from a chain that a killed process left behind, with its last blocks", async () => {
    const script = `
      import { startLocalChain } from ${JSON.stringify(new URL("./localChain.ts", import.meta.url).href)};
      const { rpc, chainId, pid } = await startLocalChain({ stateFile: ${JSON.stringify(stateFile)} });
      console.log(JSON.stringify({ rpc, chainId, pid }));`;
    const parent = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = await once(parent.stdout, "data");
    const orphan: LocalChain = JSON.parse(String(line));
    parent.kill("SIGKILL");
    await once(parent, "exit");
    await mine(orphan);
    const { number, hash } = await head(orphan);
    const chain = await start({ stateFile });
    expect(await head(chain)).toMatchObject({ number, hash });
    await expect(fetch(orphan.rpc)).rejects.toThrow();
  }, 20_000);
});
