import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { connectFactory, type FactoryClient } from "@joulemint/app/client/FactoryClient";
import { stateDirectory } from "@joulemint/app/factory/stateDirectory";
import { spawnJoulemint } from "./runJoulemint.ts";

export interface FactoryProcess {
  readonly url: string;
  readonly graphql: string;
  readonly apiKey: string;
  readonly model: string;
  readonly rpc: string;
  readonly pid: number;
  readonly state: string;
  readonly client: FactoryClient;
  /** Stops it as Ctrl-C does. `keep` leaves the state folder for another start. */
  stop(options?: { keep: boolean }): Promise<void>;
}

export interface FactoryProcessOptions {
  readonly state?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** `joulemint up --json` in a process of its own, ready to be called. */
export async function startFactoryProcess(options: FactoryProcessOptions = {}): Promise<FactoryProcess> {
  const state = options.state ?? mkdtempSync(join(tmpdir(), "joulemint-test-"));
  const args = ["up", "--json", "--port", "0", "--state", state, "--settle-every", "300", ...(options.args ?? [])];
  const child = spawnJoulemint(args, options.env);
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const exited = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const ready = (async () => {
    for await (const line of createInterface(child.stdout)) if (line.startsWith("{")) return line;
    throw new Error(`the factory ended before it was ready:\n${stderr}`);
  })();
  const announced = JSON.parse(await ready);
  child.stdout.resume();
  return {
    ...announced,
    state,
    client: await connectFactory(stateDirectory(state)),
    async stop({ keep } = { keep: false }) {
      child.kill("SIGTERM");
      await exited;
      if (!keep) rmSync(state, { recursive: true, force: true });
    },
  };
}
