// Runs every test, the type checker and the linters through turbo, and ends with one line, `N passed, N failed`, added up from the logs that turbo
// keeps for each workspace. Arguments go to turbo: `npm test -- --force` ignores its cache.
import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { glob } from "node:fs/promises";
import { stripVTControlCharacters } from "node:util";

const logs = async () => Array.fromAsync(glob("{packages/*,apps/*,contracts,test}/.turbo/turbo-test.log"));
for (const log of await logs()) rmSync(log);

const args = [
  "run",
  "test",
  "typecheck",
  "//#types",
  "//#check",
  "--continue",
  "--concurrency=3",
  "--ui=stream",
  ...process.argv.slice(2),
];
const turbo = spawn("node_modules/.bin/turbo", args, { stdio: "inherit" });
const status = await new Promise((resolve) => turbo.on("exit", (code) => resolve(code ?? 1)));

/** vitest closes with `Tests  2 failed | 40 passed (42)`, mocha and Hardhat with `40 passing` and `2 failing`. */
const counts = { passed: 0, failed: 0 };
const patterns = {
  passed: [/^\s*Tests\s.*?(\d+) passed/, /^\s*(\d+) passing\b/],
  failed: [/^\s*Tests\s.*?(\d+) failed/, /^\s*(\d+) failing\b/],
};
for (const log of await logs()) {
  for (const line of stripVTControlCharacters(readFileSync(log, "utf8")).split("\n")) {
    for (const [outcome, candidates] of Object.entries(patterns)) {
      for (const pattern of candidates) counts[outcome] += Number(pattern.exec(line)?.[1] ?? 0);
    }
  }
}
// A suite that dies before its first test fails the run without failing a test.
if (status !== 0 && counts.failed === 0) counts.failed = 1;
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed > 0 ? 1 : status);
