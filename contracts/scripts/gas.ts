// Prints what the operations cost: `npm run gas`, or `npm run gas -- --json` for machines. `npm run gas -- --write`
// writes that into `contracts/gas.json`, which CI compares, and into `docs/gas.md`.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { measureGas } from "../testing/gas/measureGas.ts";
import { renderGas } from "../testing/gas/renderGas.ts";

const figures = await measureGas();
const page = renderGas(figures);
const json = `${JSON.stringify(figures, null, 2)}\n`;
if (process.argv.includes("--write")) {
  await writeFile(join(import.meta.dirname, "../gas.json"), json);
  await writeFile(join(import.meta.dirname, "../../docs/gas.md"), page);
}
process.stdout.write(process.argv.includes("--json") ? json : page);
