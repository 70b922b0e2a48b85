/**
 * Proves that the tests can fail: gets one formula wrong at a time, in a copy of the package, and runs the test nearest to
 * it. Ends with an error unless every one turns a test red. `npm run test:prove-red -w packages/economics`, followed by
 * `-- TEXT` for those alone whose file's name has that text in it.
 */
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { testOf, type WrongFormula } from "./WrongFormula.ts";
import { WRONG_FORMULAS } from "./wrongFormulas.ts";

const [text = ""] = process.argv.slice(2);
const formulas = WRONG_FORMULAS.filter(({ file }) => file.includes(text));
if (formulas.length === 0) throw new Error(`no wrong formula is of a file named ${text}`);
const repository = fileURLToPath(new URL("../../..", import.meta.url));
const copy = await mkdtemp(join(tmpdir(), "prove-red-"));
const directory = join(copy, "packages/economics");

async function copyPackage(): Promise<void> {
  const source = join(repository, "packages/economics");
  await cp(source, directory, { recursive: true, filter: (path) => !path.startsWith(join(source, "node_modules")) });
  for (const file of ["vitest.shared.ts", "tsconfig.base.json"]) await cp(join(repository, file), join(copy, file));
  const config = `import shared from "../../vitest.shared.ts";
export default { test: { ...shared.test, setupFiles: ["scripts/firstFailure.ts"] } };`;
  await writeFile(join(directory, "vitest.config.ts"), config);
  await symlink(join(repository, "node_modules"), join(copy, "node_modules"));
}

/** How many tests of a file fail; `null` if it cannot be loaded or does not end, which proves nothing about tests. */
async function failures(test: string): Promise<number | null> {
  const vitest = join(repository, "node_modules/vitest/vitest.mjs");
  const report = join(copy, "report.json");
  await rm(report, { force: true });
  await promisify(execFile)(
    process.execPath,
    [vitest, "run", "--root", directory, "--reporter=json", `--outputFile=${report}`, `src/${test}`],
    { cwd: directory, timeout: 120_000 },
  ).catch(() => undefined);
  const found = await readFile(report, "utf8").catch(() => null);
  if (found === null) return null;
  const { numTotalTests, numFailedTests } = JSON.parse(found);
  return numTotalTests === 0 ? null : numFailedTests;
}

async function verdict(formula: WrongFormula): Promise<string> {
  const { file, search, replace } = formula;
  const path = join(directory, "src", file);
  const right = await readFile(path, "utf8");
  if (right.split(search).length !== 2) return "the formula is not there once";
  await writeFile(
    path,
    right.replace(search, () => replace),
  );
  const failed = await failures(testOf(formula));
  await writeFile(path, right);
  if (failed === null) return "the test does not load, or does not end";
  return failed > 0 ? "red" : "STILL GREEN";
}

try {
  await copyPackage();
  let red = 0;
  for (const test of new Set(formulas.map(testOf))) {
    if ((await failures(test)) !== 0) throw new Error(`${test} is not green to begin with`);
  }
  for (const formula of formulas) {
    const result = await verdict(formula);
    if (result === "red") red += 1;
    console.log(`${result}: ${formula.file}: ${formula.search} -> ${formula.replace}`);
  }
  console.log(`${red} of ${formulas.length} wrong formulas turned a test red.`);
  if (red < formulas.length) process.exitCode = 1;
} finally {
  await rm(copy, { recursive: true, force: true });
}
