import { Command } from "commander";
import { addCostOptions, type CostOptions, factoryCosts } from "../cli/costOptions.ts";
import { databaseUrl } from "../cli/databaseUrl.ts";
import {
  chainAgeOption,
  jsonOption,
  leaseOption,
  nonNegativeNumber,
  portNumber,
  positiveInteger,
  stateOption,
} from "../cli/options.ts";
import { type Report, report } from "../cli/report.ts";
import { demoSession } from "../client/demoSession.ts";
import { connectFactory } from "../client/FactoryClient.ts";
import type { Factory } from "../factory/startFactory.ts";
import { stateDirectory } from "../factory/stateDirectory.ts";

interface Options extends CostOptions {
  state: string;
  json: boolean;
  port: number;
  upstream?: string;
  model?: string;
  settleEvery: number;
  tokensPerSecond: number;
  lease: number;
  chainAge: number;
}

export function upCommand(): Command {
  const command = new Command("up")
    .description("run the whole factory on this machine")
    .option("--port <n>", "port of the one origin; 0 for any free one", portNumber, 0)
    .option(
      "--upstream <url>",
      "your own OpenAI-compatible server (key in UPSTREAM_API_KEY); default: the bundled twin",
    )
    .option("--model <name>", "which of its models to serve; default: the first")
    .option("--settle-every <ms>", "how often charges are settled on chain", positiveInteger, 5000)
    .option(
      "--tokens-per-second <n>",
      "speed of the bundled twin for each stream, 0 for as fast as possible",
      nonNegativeNumber,
      60,
    )
    .addOption(leaseOption())
    .addOption(chainAgeOption())
    .addOption(stateOption())
    .addOption(jsonOption())
    .action(up);
  return addCostOptions(command);
}

async function up(options: Options): Promise<void> {
  const out = report(options.json);
  const state = stateDirectory(options.state);
  const { UPSTREAM_API_KEY: upstreamKey } = process.env;
  const database = databaseUrl();
  const [{ startFactory }, { externalUpstream, twinUpstream }] = await Promise.all([
    import("../factory/startFactory.ts"),
    import("../factory/Upstream.ts"),
  ]);
  const factory = await startFactory({
    state,
    port: options.port,
    ...(database === undefined ? {} : { databaseUrl: database }),
    upstream: () =>
      options.upstream === undefined
        ? twinUpstream({ tokensPerSecond: options.tokensPerSecond })
        : externalUpstream(options.upstream, upstreamKey, options.model),
    costs: factoryCosts(options),
    settleEveryMs: options.settleEvery,
    leaseMs: options.lease,
    chainAgeMs: options.chainAge,
    progress: out.progress,
    statusWhenStopped: 0,
  });
  try {
    out.progress("Opening a funded demo session ...");
    const { apiKey } = await demoSession(await connectFactory(state), state);
    announce(factory, apiKey, out);
    await factory.failed;
  } finally {
    await factory.close();
  }
}

function announce(factory: Factory, apiKey: string, out: Report): void {
  const { url, graphql, rpc, pid, model } = factory;
  const body = JSON.stringify({ model, messages: [{ role: "user", content: "What is a joule?" }] });
  out.result({ url, graphql, apiKey, model, rpc, pid }, [
    "",
    `Joulemint runs at  ${url}`,
    `  GraphQL          ${graphql}`,
    `  chain            ${rpc}`,
    `  model            ${model}`,
    `  demo API key     ${apiKey}`,
    "",
    "Try it:",
    "",
    `curl ${url}/v1/chat/completions -H 'authorization: Bearer ${apiKey}' -H 'content-type: application/json' -d '${body}'`,
    "",
    "Ctrl-C stops it; a second start resumes.",
  ]);
}
