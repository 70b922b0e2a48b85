import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../apps/joulemint/src/main.ts", import.meta.url));

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command line in a process of its own, the way that npm's scripts do. */
export function spawnJoulemint(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return spawn(process.execPath, [main, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
}

/** Runs a command to its end. */
export async function runJoulemint(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Finished> {
  const child = spawnJoulemint(args, env);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { status, stdout, stderr };
}
