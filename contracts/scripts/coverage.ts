// Runs the mocha tests on instrumented contracts, prints which lines and branches they reach, and fails below 100 %.
import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Branch, instrumentBranches } from "../testing/instrumentBranches.ts";

const root = new URL("..", import.meta.url).pathname;
process.chdir(root);

/** Tests of the bytecode as it is deployed, its size and its gas: instrumented code is another. */
const OF_BYTECODE = process.argv.slice(2);

const folder = "cache/coverage";
rmSync(folder, { recursive: true, force: true });
const branchesOf = new Map<string, readonly Branch[]>();
const linesOf = new Map<string, number>();
for (const file of globSync("contracts/**/*.sol")) {
  const original = readFileSync(file, "utf8");
  const measured = !file.startsWith("contracts/test/");
  const { source, branches } = measured ? instrumentBranches(original) : { source: original, branches: [] };
  if (measured) branchesOf.set(file, branches);
  linesOf.set(file, original.split("\n").length);
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), source);
}

const tests = globSync("test/**/*.ts").filter((file) => !OF_BYTECODE.includes(file));
const env = { ...process.env, JOULEMINT_INSTRUMENTED: folder };
const run = spawnSync("hardhat", ["--coverage", "test", "mocha", ...tests], { stdio: "inherit", env });
if (run.status !== 0) process.exit(run.status ?? 1);

const hits = new Map<string, Map<number, number>>();
for (const record of readFileSync("coverage/lcov.info", "utf8").split("end_of_record")) {
  const file = /^SF:(.*)$/m.exec(record)?.[1];
  if (file === undefined) continue;
  const lines = [...record.matchAll(/^DA:(\d+),(\d+)/gm)].map(
    ([, line, count]) => [Number(line), Number(count)] as const,
  );
  hits.set(file.slice(folder.length + 1), new Map(lines));
}

let missed = 0;
const rows = [...branchesOf].map(([file, branches]) => {
  const counts = hits.get(file) ?? new Map<number, number>();
  const lines = [...counts].filter(([line]) => line <= (linesOf.get(file) ?? 0));
  const missedLines = lines.filter(([, count]) => count === 0).map(([line]) => line);
  const missedBranches = branches.filter(({ instrumentedLine }) => !counts.get(instrumentedLine));
  missed += missedLines.length + missedBranches.length;
  return {
    file,
    lines: `${lines.length - missedLines.length}/${lines.length}`,
    branches: `${branches.length - missedBranches.length}/${branches.length}`,
    missed: [...missedLines, ...missedBranches.map(({ line, outcome }) => `${line} ${outcome}`)].join(", "),
  };
});
console.table(rows.filter(({ lines }) => lines !== "0/0"));
console.log(missed === 0 ? "every line and every branch was reached" : `${missed} lines and branches were not reached`);
process.exit(missed === 0 ? 0 : 1);
