import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";

/** What this process holds. Its own id in a file that it does not hold is that of an earlier process: in a container, often. */
const held = new Set<string>();

/**
 * Two processes writing one PGlite directory destroy it, and PGlite does not prevent that: a file beside the directory
 * names the process that holds it. The file of a process that is gone is taken over. Returns what releases the lock.
 */
export function lockDirectory(directory: string): () => void {
  const file = `${directory}.lock`;
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      held.add(file);
      return () => {
        held.delete(file);
        rmSync(file, { force: true });
      };
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    const pid = Number(readFileSync(file, "utf8"));
    if (held.has(file) || (pid !== process.pid && isAlive(pid)))
      throw new JoulemintError("STATE_IN_USE", { directory, pid });
    rmSync(file, { force: true });
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
