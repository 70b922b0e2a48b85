import { existsSync, readFileSync, rmSync } from "node:fs";
import { stateDirectory } from "@joulemint/app/factory/stateDirectory";

/** Deletes the state folder of a factory that was killed, and ends the chain that outlived it. */
export function removeState(state: string): void {
  const pidFile = `${stateDirectory(state).chain}.pid`;
  if (existsSync(pidFile)) {
    try {
      process.kill(JSON.parse(readFileSync(pidFile, "utf8")).pid, "SIGKILL");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
  rmSync(state, { recursive: true, force: true });
}
