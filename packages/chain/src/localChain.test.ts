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
  const head = ({ rpc, chainId }: Pick<LocalChain, "rpc" | "chainId">) => chainClient(rpc, chainId).getBlock();
  const mine = ({ rpc }: Pick<LocalChain, "rpc">) =>
    createTestClient({ mode: "anvil", transport: http(rpc) }).mine({ blocks: 3 });

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

  /** A chain whose starter, a process that leads a group as under a shell, was ended by a signal. */
  const orphan = async (end: (starter: number) => void): Promise<Pick<LocalChain, "rpc" | "chainId" | "pid">> => {
    const script = `
      import { startLocalChain } from ${JSON.stringify(new URL("./localChain.ts", import.meta.url).href)};
      const { rpc, chainId, pid } = await startLocalChain({ stateFile: ${JSON.stringify(stateFile)} });
      console.log(JSON.stringify({ rpc, chainId, pid }));`;
    const starter = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
      detached: true,
    });
    const [line] = await once(starter.stdout, "data");
    end(starter.pid as number);
    await once(starter, "exit");
    return JSON.parse(String(line));
  };

  it.each([
    ["was killed", (starter: number) => process.kill(starter, "SIGKILL")],
    ["got a terminal's Ctrl-C", (starter: number) => process.kill(-starter, "SIGINT")],
  ])(
    "outlives a starter that %s, and is taken over with its last blocks",
    async (_, end) => {
      const left = await orphan(end);
      await mine(left);
      const { number, hash } = await head(left);
      const chain = await start({ stateFile });
      expect(await head(chain)).toMatchObject({ number, hash });
      await expect(fetch(left.rpc)).rejects.toThrow();
    },
    20_000,
  );

  it.each([
    ["is closed", (chain: LocalChain) => chain.close()],
    ["dies", async ({ pid }: LocalChain) => void process.kill(pid, "SIGKILL")],
  ])("tells when it %s", async (_, end) => {
    const chain = await start({ stateFile });
    let exited = false;
    void chain.exited.then(() => {
      exited = true;
    });
    await head(chain);
    expect(exited).toBe(false);
    await end(chain);
    await chain.exited;
  });
});
