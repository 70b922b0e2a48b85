import { FINALITIES, MANIFEST, type Manifest } from "@joulemint/audit/exportFiles";
import { type ExportEntry, writeExport } from "@joulemint/audit/writeExport";
import { Command, Option } from "commander";
import { jsonOption, stateOption } from "../cli/options.ts";
import { report } from "../cli/report.ts";
import { fetchExport } from "../export/fetchExport.ts";
import { withSignatures } from "../export/withSignatures.ts";
import { stateDirectory } from "../factory/stateDirectory.ts";

interface Options {
  out: string;
  asOf: string;
  url?: string;
  state: string;
  json: boolean;
}

export function exportCommand(): Command {
  return new Command("export")
    .description("write what a running factory says of itself into a folder, for an audit")
    .requiredOption("--out <dir>", "an empty folder, which is made if it is not there")
    .addOption(new Option("--as-of <finality>", "of which block").choices(FINALITIES).default("LATEST"))
    .option("--url <url>", "the factory's address, instead of the factory that runs from --state")
    .addOption(stateOption())
    .addOption(jsonOption())
    .action(run);
}

/** What the last line of an export says, which is JSON already. */
type Stated = { readonly block: { readonly number: string } } & Pick<Manifest, "finality" | "counts">;

async function run({ out, asOf, url: given, state, json }: Options): Promise<void> {
  const url = (given ?? stateDirectory(state).running().url).replace(/\/$/, "");
  let manifest: Stated | undefined;
  async function* observed(entries: AsyncIterable<ExportEntry>): AsyncGenerator<ExportEntry> {
    for await (const entry of entries) {
      if (entry.file === MANIFEST) manifest = entry.line as Stated;
      yield entry;
    }
  }
  await writeExport(out, observed(withSignatures(url, fetchExport(url, asOf))));
  const { block, counts } = manifest as Stated;
  const lines = Object.entries(counts).map(([file, count]) => `  ${file.padEnd(18)} ${count}`);
  report(json).result({ directory: out, ...manifest }, [
    `Block ${block.number} of ${url} is in ${out}:`,
    ...lines,
    `Audit it with: joulemint audit ${out} --rpc URL`,
  ]);
}
