import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { anvilRpc } from "./anvilRpc.ts";
import { type LivingAnvil, noteAnvil } from "./livingAnvil.ts";

interface SpawnedAnvil extends LivingAnvil {
  readonly exited: Promise<void>;
  /** Ends the process at once. */
  kill(): void;
}

interface SpawnOptions {
  readonly port: number | undefined;
  readonly chainId: number;
  readonly stateFile: string | undefined;
}

/** Starts anvil from its npm package, with the blocks of the state file. CHAIN_UNAVAILABLE { rpc, message } if it does not answer. */
export async function spawnAnvil({ port, chainId, stateFile }: SpawnOptions): Promise<SpawnedAnvil> {
  const usedPort = port ?? (await freePort());
  const rpc = `http://127.0.0.1:${usedPort}`;
  const args = ["--host", "127.0.0.1", "--port", String(usedPort), "--chain-id", String(chainId), "--silent"];
  // Beside the state file, which also makes the process known by its command.
  if (stateFile !== undefined) args.push("--cache-path", cacheOf(stateFile));
  if (stateFile !== undefined && existsSync(stateFile)) args.push("--load-state", stateFile);
  const log = stateFile === undefined ? null : `${stateFile}.log`;
  const child = start(args, log);
  let complaint = "";
  child.stderr?.on("data", (chunk) => {
    complaint = `${complaint}${chunk}`.slice(-2000);
  });
  const exited = new Promise<void>((resolve) => child.once("close", () => resolve()));
  child.once("error", (error) => {
    complaint = error.message;
  });
  const { pid } = child;
  if (stateFile !== undefined && pid !== undefined) noteAnvil(stateFile, { pid, rpc, chainId });
  await answering(rpc, () => child.exitCode === null && pid !== undefined).catch((cause: unknown) => {
    child.kill("SIGKILL");
    const message = log === null ? complaint : readFileSync(log, "utf8").slice(-2000);
    throw new JoulemintError("CHAIN_UNAVAILABLE", { rpc, message: message.trim() }, { cause });
  });
  return { pid: pid as number, rpc, chainId, exited, kill: () => void child.kill("SIGKILL") };
}

/** Where anvil puts the states of earlier blocks that it has no room for. */
const cacheOf = (stateFile: string) => `${stateFile}.cache`;

/** Of a process that has ended. */
export function clearCache(stateFile: string): void {
  rmSync(cacheOf(stateFile), { recursive: true, force: true });
}

/**
 * With a log of its own it is in a group of its own, so that a terminal's Ctrl-C leaves it to its starter, which still
 * settles on it while it closes, and it has somewhere to write to when its starter is gone. Without, nobody could find it
 * again, so then it had better end with the terminal.
 */
function start(args: readonly string[], log: string | null): ChildProcess {
  if (log === null) return spawn(anvilBinary(), args, { stdio: ["ignore", "ignore", "pipe"] });
  const file = openSync(log, "w");
  try {
    return spawn(anvilBinary(), args, { stdio: ["ignore", "ignore", file], detached: true });
  } finally {
    closeSync(file);
  }
}

function anvilBinary(): string {
  const require = createRequire(import.meta.url);
  const platform = `@foundry-rs/anvil-${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;
  const { resolve } = createRequire(require.resolve("@foundry-rs/anvil/package.json"));
  return join(resolve(`${platform}/package.json`), "..", "bin", "anvil");
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
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      await anvilRpc(rpc, "eth_chainId");
      return;
    } catch (error) {
      if (!alive() || Date.now() > deadline) throw error;
      await sleep(25);
    }
  }
}
