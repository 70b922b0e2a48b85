import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";

/** What this process holds. Its own id in a file that it does not hold is that of an earlier process: in a container, often. */
const held = new Set<string>();

/**
 * Two processes writing one PGlite directory destroy it, and so do two chains on one state file: a file beside the
 * directory names the process that holds it. The file of a process that is gone is taken over. Returns what releases the lock.
 * STATE_IN_USE { directory, pid }.
 */
export function lockDirectory(directory: string, file = `${directory}.lock`): () => void {
  return lock(directory, file);
}

/** The living process that a lock file names, or `null`. */
export function lockHolder(file: string): number | null {
  const pid = Number(readIfThere(file));
  return isAlive(pid) ? pid : null;
}

function lock(directory: string, file: string): () => void {
  while (!create(file)) {
    const holder = readIfThere(file);
    if (holder === null) continue;
    const pid = Number(holder);
    if (held.has(file) || (pid !== process.pid && isAlive(pid)))
      throw new JoulemintError("STATE_IN_USE", { directory, pid });
    // Under a lock of its own: what another process put in the place of the stale file must not be removed.
    const release = lock(directory, `${file}.takeover`);
    try {
      if (readIfThere(file) === holder) rmSync(file, { force: true });
    } finally {
      release();
    }
  }
  held.add(file);
  return () => {
    held.delete(file);
    rmSync(file, { force: true });
  };
}

/** Whether the file is new. It appears with its content: nobody can take it for that of a process that is gone. */
function create(file: string): boolean {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
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
