import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { checkCatalogue } from "../src/catalogue/checkCatalogue.ts";

/**
 * Takes the files of `checkCatalogue` from a folder (`--from DIR`, else the package's own), and writes them into the
 * package if schema, units, ranges and provenance of all of them hold; `--check` writes nothing. What the folder lacks
 * stays as it is.
 */
const own = fileURLToPath(new URL("../data/", import.meta.url));
const { values } = parseArgs({ options: { from: { type: "string", default: own }, check: { type: "boolean" } } });

const read = (folder: string) => (name: string) => readFile(join(folder, name), "utf8").catch(() => null);
const { files, problems: found } = await checkCatalogue(read(values.from), read(own));
const problems = [...found];

for (const [name, text] of Object.entries(files)) {
  const current = (await read(own)(name)) ?? "";
  if (problems.length > 0 || content(name, text) === content(name, current)) continue;
  if (values.check) problems.push(`${name} is not up to date: run npm run catalogue`);
  else await writeFile(join(own, name), text);
}
/** What a file says: JSON may be laid out in many ways, and lines may end in two. */
function content(name: string, text: string): string {
  return name.endsWith(".json") && text !== "" ? JSON.stringify(JSON.parse(text)) : text.replaceAll("\r\n", "\n");
}

for (const problem of problems) console.error(problem);
console.log(`${Object.keys(files).length} files, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
