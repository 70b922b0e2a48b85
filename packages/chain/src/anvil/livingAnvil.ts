import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { platform } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { anvilRpc } from "./anvilRpc.ts";

/** A chain that runs, as noted beside its state file. */
export interface LivingAnvil {
  readonly pid: number;
  readonly rpc: string;
  readonly chainId: number;
}

const noteOf = (stateFile: string) => `${stateFile}.pid`;

/** Leaves word of a chain for whoever starts it next. */
export function noteAnvil(stateFile: string, { pid, rpc, chainId }: LivingAnvil): void {
  writeFileSync(noteOf(stateFile), JSON.stringify({ pid, rpc, chainId }));
}

export function forgetAnvil(stateFile: string): void {
  rmSync(noteOf(stateFile), { force: true });
}

/** The chain of a state file that outlived its starter; `null` when there is none. */
export function findAnvil(stateFile: string): LivingAnvil | null {
  const noted = readNote(stateFile);
  return noted !== null && isRunning(noted.pid, stateFile) ? noted : null;
}

function readNote(stateFile: string): LivingAnvil | null {
  try {
    const { pid, rpc, chainId } = JSON.parse(readFileSync(noteOf(stateFile), "utf8")) as Partial<LivingAnvil>;
    return pid === undefined || pid <= 1 || rpc === undefined || chainId === undefined ? null : { pid, rpc, chainId };
  } catch (error) {
    // Half a note is none: its writer ended while it wrote, before anything was on the chain.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

export async function isAnswering({ rpc, chainId }: LivingAnvil): Promise<boolean> {
  const answer = await anvilRpc<string>(rpc, "eth_chainId", [], 5_000).catch(() => null);
  return answer !== null && Number(answer) === chainId;
}

/** Asks a process to end, insists after a while, and waits until it has. */
export async function endAnvil(pid: number, stateFile: string): Promise<void> {
  for (let waited = 0; isRunning(pid, stateFile); waited += 20) {
    if (waited === 0) process.kill(pid, "SIGTERM");
    if (waited === 5_000) process.kill(pid, "SIGKILL");
    await sleep(20);
  }
}

/** Resolves when a process that is not our child has ended, for whatever reason. Keeps no other process from ending. */
export async function anvilEnd(pid: number, stateFile: string): Promise<void> {
  while (isRunning(pid, stateFile)) await sleep(250, undefined, { ref: false });
}

/** The id may long belong to another process, and a process that nobody waited for still has its id. */
function isRunning(pid: number, stateFile: string): boolean {
  try {
    process.kill(pid, 0);
    return commandOf(pid).includes(stateFile);
  } catch {
    return false;
  }
}

function commandOf(pid: number): string {
  if (platform() === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  return execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" });
}
