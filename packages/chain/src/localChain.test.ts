import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

  it("goes on with the same blocks after it was closed, and with one genesis", async () => {
    const first = await start({ stateFile });
    await mine(first);
    const { number, hash } = await head(first);
    await first.close();
    // The clock goes on, so that a genesis of the second start would be another one.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const second = await start({ stateFile });
    expect(await head(second)).toMatchObject({ number, hash });
    await second.close();
    const { blocks } = JSON.parse(readFileSync(stateFile, "utf8")) as { blocks: { header: { number: string } }[] };
    expect(blocks.map(({ header }) => Number(header.number)).sort()).toEqual([0, 1, 2, 3]);
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
    "outlives a starter that %s, and is taken over as it is",
    async (_, end) => {
      const left = await orphan(end);
      await mine(left);
      const { number, hash } = await head(left);
      const chain = await start({ stateFile });
      expect(chain).toMatchObject(left);
      expect(await head(chain)).toMatchObject({ number, hash });
      await mine(chain);
      await chain.close();
      await expect(fetch(left.rpc)).rejects.toThrow();
      expect(await head(await start({ stateFile }))).toMatchObject({ number: number + 3n });
    },
    20_000,
  );

  it("moves to another port with its last blocks when it is asked to", async () => {
    const left = await orphan((starter) => process.kill(starter, "SIGKILL"));
    await mine(left);
    const { number, hash } = await head(left);
    const chain = await start({ stateFile, port: Number(new URL(left.rpc).port) + 1 });
    expect(chain.pid).not.toBe(left.pid);
    expect(await head(chain)).toMatchObject({ number, hash });
    await expect(fetch(left.rpc)).rejects.toThrow();
  });

  it("mines on when its starter was killed while it closed it", async () => {
    const left = await orphan((starter) => process.kill(starter, "SIGKILL"));
    await createTestClient({ mode: "anvil", transport: http(left.rpc) }).setAutomine(false);
    const { rpc } = await start({ stateFile });
    expect(await createTestClient({ mode: "anvil", transport: http(rpc) }).getAutomine()).toBe(true);
  });

  it("starts again with what was saved when it is killed itself", async () => {
    const chain = await start({ stateFile });
    await mine(chain);
    const { number, hash, parentHash } = await head(chain);
    await expect.poll(() => readFileSync(stateFile, "utf8"), { timeout: 10_000 }).toContain(parentHash);
    process.kill(chain.pid, "SIGKILL");
    await chain.exited;
    writeFileSync(`${stateFile}.draft`, '{"block":{"number":');
    const again = await start({ stateFile });
    expect(await head(again)).toMatchObject({ number, hash });
    await mine(again);
  });

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
