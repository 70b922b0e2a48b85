import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { Command } from "commander";
import { databaseUrl } from "../cli/databaseUrl.ts";
import { chainAgeOption, jsonOption, leaseOption, portNumber, stateOption } from "../cli/options.ts";
import { report } from "../cli/report.ts";
import { stateDirectory } from "../factory/stateDirectory.ts";

interface Options {
  state: string;
  json: boolean;
  port: number;
  upstream?: string;
  name?: string;
  lease: number;
  chainAge: number;
}

export function gatewayCommand(): Command {
  return new Command("gateway")
    .description("run one more gateway beside a running factory, over the PostgreSQL of both (DATABASE_URL)")
    .option("--port <n>", "port of the endpoint; 0 for any free one", portNumber, 0)
    .option("--upstream <url>", "an OpenAI-compatible server (key in UPSTREAM_API_KEY); default: the factory's")
    .option("--name <name>", "what the ledger calls this gateway; default: made from its process id")
    .addOption(leaseOption())
    .addOption(chainAgeOption())
    .addOption(stateOption())
    .addOption(jsonOption())
    .action(gateway);
}

async function gateway({ state, json, port, upstream, name, lease, chainAge }: Options): Promise<void> {
  const { UPSTREAM_API_KEY: upstreamKey } = process.env;
  const database = databaseUrl();
  if (database === undefined) {
    throw new JoulemintError("CONFIG_INVALID", { setting: "DATABASE_URL", expected: "the factory's PostgreSQL" });
  }
  const { startGatewayProcess } = await import("../factory/startGatewayProcess.ts");
  const running = await startGatewayProcess({
    state: stateDirectory(state),
    databaseUrl: database,
    port,
    name: name ?? `gateway-${process.pid}`,
    leaseMs: lease,
    chainAgeMs: chainAge,
    ...(upstream === undefined ? {} : { upstream }),
    ...(upstreamKey === undefined ? {} : { upstreamKey }),
  });
  report(json).result(running, [`${running.name} serves ${running.model} at ${running.url}`, "Ctrl-C drains it."]);
}
