import type { KillAt } from "./runJoulemint.ts";
import { type Serving, startServing } from "./serving.ts";

export interface GatewayProcess extends Serving {
  readonly url: string;
  readonly name: string;
  readonly pid: number;
}

export interface GatewayProcessOptions {
  readonly state: string;
  readonly databaseUrl: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly killAt?: KillAt;
}

/** `joulemint gateway --json` in a process of its own, ready to be called. */
export async function startGatewayProcess(options: GatewayProcessOptions): Promise<GatewayProcess> {
  const { state, databaseUrl, args = [], killAt } = options;
  const serving = await startServing(["gateway", "--port", "0", "--state", state, ...args], {
    env: { DATABASE_URL: databaseUrl, ...options.env },
    killAt,
  });
  return { ...serving, ...(serving.announced as Pick<GatewayProcess, "url" | "name" | "pid">) };
}
