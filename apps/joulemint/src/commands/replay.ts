import { fileURLToPath } from "node:url";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { Command } from "commander";
import { jsonOption, positiveInteger, positiveNumber } from "../cli/options.ts";
import { readText } from "../cli/readText.ts";
import { report } from "../cli/report.ts";
import { withFactory } from "../client/withFactory.ts";
import { parseTrace } from "../replay/parseTrace.ts";

interface Options {
  trace: string;
  requests?: number;
  speedup: number;
  sessions: number;
  wallets: number;
  state?: string;
  json: boolean;
}

const sample = fileURLToPath(new URL("../replay/sample.csv", import.meta.url));

export function replayCommand(): Command {
  return new Command("replay")
    .description("play a request trace through the loop, and compare the books with it")
    .option("--trace <file>", "Azure's columns or timestamp_ms,input_tokens,output_tokens[,cached_tokens]", sample)
    .option("--requests <n>", "play the first n rows only", positiveInteger)
    .option("--speedup <x>", "how many times as fast as the trace", positiveNumber, 60)
    .option("--sessions <n>", "how many sessions share the requests", positiveInteger, 50)
    .option("--wallets <n>", "how many wallets own the sessions", positiveInteger, 10)
    .option("--state <dir>", "use the factory that runs from this folder, instead of a fresh one")
    .addOption(jsonOption())
    .action(replay);
}

async function replay(options: Options): Promise<void> {
  const out = report(options.json);
  const trace = parseTrace(readText("--trace", options.trace), options.requests);
  if (trace.length === 0) throw new JoulemintError("TRACE_MALFORMED", { line: 2, field: "row", expected: "a request" });
  const { runReplay } = await import("../replay/runReplay.ts");
  const result = await withFactory(options.state, out.progress, (client) =>
    runReplay(client, trace, options, out.progress),
  );
  out.result(
    result,
    Object.entries(result).map(
      ([name, value]) => `${name.padEnd(18)}${typeof value === "object" ? JSON.stringify(value) : value}`,
    ),
  );
  if (result.reconciliation.difference !== "0" || result.differences.length > 0) process.exitCode = 1;
}
