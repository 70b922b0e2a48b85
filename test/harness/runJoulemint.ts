import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../apps/joulemint/src/main.ts", import.meta.url));
const killAt = new URL("./killAt.ts", import.meta.url).href;

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A channel of `@joulemint/protocol/checkpoints`, and how many of its messages are let pass first. */
export interface KillAt {
  readonly checkpoint: string;
  readonly after?: number;
}

export type JoulemintProcess = ChildProcessByStdio<null, Readable, Readable>;

/** Starts the command line in a process of its own, the way that npm's scripts do. With `kill` it dies at a checkpoint. */
export function spawnJoulemint(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  kill?: KillAt,
): JoulemintProcess {
  const [preload, doom] =
    kill === undefined
      ? [[], {}]
      : [["--import", killAt], { KILL_AT: kill.checkpoint, KILL_AFTER: String(kill.after ?? 0) }];
  return spawn(process.execPath, [...preload, main, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env, ...doom },
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
