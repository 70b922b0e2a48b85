import { rmSync } from "node:fs";
import { connectFactory, type FactoryClient } from "@joulemint/app/client/FactoryClient";
import { stateDirectory } from "@joulemint/app/factory/stateDirectory";
import { newState } from "./newState.ts";
import type { KillAt } from "./runJoulemint.ts";
import { EndedEarly, startServing } from "./serving.ts";

export interface FactoryProcess {
  readonly url: string;
  readonly graphql: string;
  readonly apiKey: string;
  readonly model: string;
  readonly rpc: string;
  readonly pid: number;
  readonly state: string;
  readonly client: FactoryClient;
  /** What it said on stderr so far. */
  stderr(): string;
  /** Resolves when the process has ended, for whatever reason. */
  readonly exited: Promise<void>;
  /** Stops it as Ctrl-C does. `keep` leaves the state folder for another start. */
  stop(options?: { keep: boolean }): Promise<void>;
  /** `kill -9`; the state folder stays. */
  kill(): Promise<void>;
}

export interface FactoryProcessOptions {
  readonly state?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly killAt?: KillAt;
}

/** `joulemint up --json` in a process of its own, ready to be called. Throws `EndedEarly`. */
export async function startFactoryProcess(options: FactoryProcessOptions = {}): Promise<FactoryProcess> {
  const state = options.state ?? (await newState());
  const args = ["up", "--port", "0", "--state", state, "--settle-every", "300", ...(options.args ?? [])];
  const { announced, child, stderr, exited, terminate, kill } = await startServing(args, options);
  const client = await connectFactory(stateDirectory(state)).catch(async (error: unknown) => {
    // One that is killed may have announced itself just before.
    if (options.killAt === undefined) throw error;
    await exited;
    throw new EndedEarly("up", child.signalCode, stderr());
  });
  return {
    ...(announced as Pick<FactoryProcess, "url" | "graphql" | "apiKey" | "model" | "rpc" | "pid">),
    state,
    client,
    stderr,
    exited,
    kill,
    async stop({ keep } = { keep: false }) {
      await terminate();
      if (!keep) rmSync(state, { recursive: true, force: true });
    },
  };
}
