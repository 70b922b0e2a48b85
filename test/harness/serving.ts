import { createInterface } from "node:readline";
import { type JoulemintProcess, type KillAt, spawnJoulemint } from "./runJoulemint.ts";

/** A command that announces what it serves and goes on. */
export interface Serving {
  /** The JSON document that it printed. */
  readonly announced: Readonly<Record<string, unknown>>;
  readonly child: JoulemintProcess;
  /** What it said on stderr so far. */
  stderr(): string;
  /** Resolves when it has ended, for whatever reason. */
  readonly exited: Promise<void>;
  /** Stops it as Ctrl-C does. */
  terminate(): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
}

/** A command that ended before it served. */
export class EndedEarly extends Error {
  /** What killed it, if a signal did. */
  readonly signal: NodeJS.Signals | null;

  constructor(command: string, signal: NodeJS.Signals | null, stderr: string) {
    super(`joulemint ${command} ended before it was ready:\n${stderr}`);
    this.signal = signal;
  }
}

/** Starts a command with `--json` and waits until it serves. Throws `EndedEarly`. */
export async function startServing(
  args: readonly string[],
  {
    env,
    killAt,
  }: { readonly env?: Readonly<Record<string, string>> | undefined; readonly killAt?: KillAt | undefined },
): Promise<Serving> {
  const child = spawnJoulemint([...args, "--json"], env, killAt);
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const exited = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const ready = (async () => {
    for await (const line of createInterface(child.stdout)) if (line.startsWith("{")) return line;
    await exited;
    throw new EndedEarly(args[0] ?? "", child.signalCode, stderr);
  })();
  const announced = JSON.parse(await ready);
  child.stdout.resume();
  const end = async (signal: "SIGTERM" | "SIGKILL"): Promise<void> => {
    child.kill(signal);
    await exited;
  };
  return {
    announced,
    child,
    stderr: () => stderr,
    exited,
    terminate: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
  };
}
