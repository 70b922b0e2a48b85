import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";

/**
 * Two processes writing one PGlite directory destroy it, and PGlite does not prevent that: a file beside the directory
 * names the process that holds it. The file of a process that is gone is taken over. Returns what releases the lock.
 */
export function lockDirectory(directory: string): () => void {
  const file = `${directory}.lock`;
  for (;;) {
    try {
      const descriptor = openSync(file, "wx");
      writeSync(descriptor, String(process.pid));
      closeSync(descriptor);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    const pid = Number(readFileSync(file, "utf8"));
    if (isAlive(pid)) throw new JoulemintError("STATE_IN_USE", { directory, pid });
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
