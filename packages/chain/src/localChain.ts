import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { createPublicClient, http } from "viem";
import { endOrphan } from "./endOrphan.ts";

export interface LocalChainOptions {
  /** Loopback port; a free one when absent. */
  port?: number;
  chainId?: number;
  /** File that keeps the chain across starts. Without it the chain is forgotten. */
  stateFile?: string;
}

/** A chain of our own on loopback: anvil, in a process of its own. */
export interface LocalChain {
  readonly rpc: string;
  readonly chainId: number;
  readonly pid: number;
  /** Resolves when the process has ended, for whatever reason, `close` included. */
  readonly exited: Promise<void>;
  /** Asks the process to write its state and end, and waits until it has. */
  close(): Promise<void>;
}

/** Starts anvil from its npm package, with a block for every transaction. Fails with CHAIN_UNAVAILABLE if it does not answer. */
export async function startLocalChain({
  port,
  chainId = 31_337,
  stateFile,
}: LocalChainOptions = {}): Promise<LocalChain> {
  const pidFile = stateFile === undefined ? null : `${stateFile}.pid`;
  if (stateFile !== undefined && pidFile !== null) {
    mkdirSync(dirname(stateFile), { recursive: true });
    await endOrphan(pidFile, stateFile);
  }
  const usedPort = port ?? (await freePort());
  const args = ["--host", "127.0.0.1", "--port", String(usedPort), "--chain-id", String(chainId), "--silent"];
  if (stateFile !== undefined) args.push("--state", stateFile, "--state-interval", "1", "--preserve-historical-states");
  // In a group of its own, so that a terminal's Ctrl-C leaves it to its starter, which still settles on it while it
  // closes. Without a state file nobody could find it again, so then it had better end with the terminal.
  const child = spawn(anvilBinary(), args, {
    stdio: ["ignore", "ignore", "pipe"],
    detached: stateFile !== undefined,
  });
  if (pidFile !== null && child.pid !== undefined) writeFileSync(pidFile, String(child.pid));
  let complaint = "";
  child.stderr.on("data", (chunk) => {
    complaint = `${complaint}${chunk}`.slice(-2000);
  });
  const exited = new Promise<void>((resolve) => child.once("close", () => resolve()));
  child.once("error", (error) => {
    complaint = error.message;
  });

  const rpc = `http://127.0.0.1:${usedPort}`;
  await answering(rpc, () => child.exitCode === null && child.pid !== undefined).catch((cause) => {
    child.kill("SIGKILL");
    throw new JoulemintError("CHAIN_UNAVAILABLE", { rpc, message: complaint.trim() }, { cause });
  });
  return {
    rpc,
    chainId,
    pid: child.pid as number,
    exited,
    async close() {
      child.kill("SIGTERM");
      await exited;
      if (pidFile !== null) rmSync(pidFile, { force: true });
    },
  };
}

function anvilBinary(): string {
  const require = createRequire(import.meta.url);
  const platform = `@foundry-rs/anvil-${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;
  const { resolve } = createRequire(require.resolve("@foundry-rs/anvil/package.json"));
  return join(dirname(resolve(`${platform}/package.json`)), "bin", "anvil");
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

async function answering(rpc: string, alive: () => boolean): Promise<void> {
  const client = createPublicClient({ transport: http(rpc, { retryCount: 0 }) });
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      await client.getChainId();
      return;
    } catch (error) {
      if (!alive() || Date.now() > deadline) throw error;
      await sleep(25);
    }
  }
}
