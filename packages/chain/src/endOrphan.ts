import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * A process that was killed could not end its chain, which runs on and keeps writing the state file. Ends it by its
 * process id, so that it writes its last blocks first: the ledger may have applied them.
 */
export async function endOrphan(pidFile: string, stateFile: string): Promise<void> {
  const pid = Number(readIfThere(pidFile));
  if (!Number.isInteger(pid) || pid <= 1) return;
  // The id may long belong to another process.
  if (commandOf(pid).includes(stateFile)) {
    process.kill(pid, "SIGTERM");
    while (commandOf(pid).includes(stateFile)) await sleep(50);
  }
  rmSync(pidFile, { force: true });
}

function commandOf(pid: number): string {
  try {
    return execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
