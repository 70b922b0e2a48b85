import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { checkHardware } from "../src/catalogue/checkHardware.ts";
import { electricityRow } from "../src/catalogue/electricityRow.ts";
import type { HardwareFile } from "../src/catalogue/HardwareFile.ts";
import { parseTable } from "../src/catalogue/parseTable.ts";

/**
 * Takes `hardware_catalog.json` and `electricity_prices.csv` from a folder (`--from DIR`, else the package's own), and
 * writes them into the package if schema, units and provenance hold; `--check` writes nothing.
 */
const own = fileURLToPath(new URL("../data/", import.meta.url));
const { values } = parseArgs({ options: { from: { type: "string", default: own }, check: { type: "boolean" } } });

const hardware = await readFile(join(values.from, "hardware_catalog.json"), "utf8");
const electricity = await readFile(join(values.from, "electricity_prices.csv"), "utf8");
const problems = [...checkHardware(JSON.parse(hardware) as HardwareFile)];
const prices = parseTable(electricity).flatMap((row) => {
  try {
    return [electricityRow(row)];
  } catch (error) {
    problems.push(String(error));
    return [];
  }
});
const generated = `${JSON.stringify(prices, null, 2)}\n`;
const files = {
  "hardware_catalog.json": hardware,
  "electricity_prices.csv": electricity,
  "electricity_prices.json": generated,
};

for (const [name, text] of Object.entries(files)) {
  const current = await readFile(join(own, name), "utf8").catch(() => "");
  if (content(name, text) === content(name, current) || problems.length > 0) continue;
  if (values.check) problems.push(`${name} is not up to date: run npm run catalogue`);
  else await writeFile(join(own, name), text);
}
/** What a file says: JSON may be laid out in many ways, and lines may end in two. */
function content(name: string, text: string): string {
  return name.endsWith(".json") && text !== "" ? JSON.stringify(JSON.parse(text)) : text.replaceAll("\r\n", "\n");
}

for (const problem of problems) console.error(problem);
console.log(`${prices.length} prices of electricity, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
