// The large campaigns: more seeds than a day's tests have time for. Each seed plays another game, so every night adds.
//
//   npm run nightly                                    all of them, from their first seed
//   npm run nightly -- --only gateways --from 4001     goes on where a night ended
//   npm run nightly -- --minutes 60                    what is not begun in time is not run
//
// Prints how far it is, and ends with one line, `N passed, N failed`, which counts seeds, and one for each campaign without
// any. A seed of the invariants is one game of 100 operations with each of them; of fuzz, other values for every fuzz test; of
// the differential, one history in Solidity and in packages/economics. Coverage fails when a line or a branch of the contracts
// is not reached; mutants, when less than 90 % of them are killed, or one of a hostile case is not.
import { spawn } from "node:child_process";
import { delimiter, resolve } from "node:path";
import { parseArgs, stripVTControlCharacters } from "node:util";

/** Seeds of one run: a failure costs at most these, and the ledger of a run stays small. */
const campaigns = [
  { name: "gateways", root: "test", file: "faults/manyGateways.test.ts", seeds: 10_000, ofOneRun: 200 },
  {
    name: "law",
    root: "test",
    file: "e2e/law.",
    seeds: 400,
    ofOneRun: 40,
    env: { JOULEMINT_OPERATIONS: "500" },
  },
  {
    name: "goingBack",
    root: "packages/ledger",
    file: "src/chain/goingBack.property.test.ts",
    seeds: 1_000,
    ofOneRun: 40,
  },
  {
    name: "invariants",
    root: "contracts",
    command: ["hardhat", "test", "solidity", "--grep", "invariant_"],
    seeds: 1_000,
    ofOneRun: 50,
    env: { JOULEMINT_OPERATIONS: "100" },
  },
  { name: "fuzz", root: "contracts", command: ["hardhat", "test", "solidity", "--grep", "testFuzz_"], seeds: 40 },
  {
    name: "differential",
    root: "contracts",
    command: ["hardhat", "test", "mocha", "test/differential.ts"],
    seeds: 400,
    ofOneRun: 100,
    env: { JOULEMINT_OPERATIONS: "200" },
  },
  { name: "coverage", root: "contracts", command: ["npm", "run", "coverage"] },
  { name: "mutants", root: "contracts", command: ["npm", "run", "mutate", "--", "--fresh"] },
];

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    from: { type: "string", default: "1" },
    to: { type: "string" },
    minutes: { type: "string", default: "600" },
  },
});
const deadline = Date.now() + Number(values.minutes) * 60_000;
const chosen = campaigns.filter(({ name }) => values.only === undefined || name === values.only);
if (chosen.length === 0) throw new Error(`--only is one of ${campaigns.map(({ name }) => name).join(", ")}`);

const total = { passed: 0, failed: 0, left: 0 };
for (const { name, root, file, command = ["vitest", "run", file], seeds, ofOneRun = 1, env } of chosen) {
  const [start, last] = seeds === undefined ? [1, 1] : [Number(values.from), Number(values.to ?? seeds)];
  for (let first = start; first <= last; first += ofOneRun) {
    if (Date.now() > deadline) {
      const rest = seeds === undefined ? `--only ${name} runs it` : `--only ${name} --from ${first} goes on`;
      console.log(`${name}: out of time; ${rest}`);
      total.left += last - first + 1;
      break;
    }
    const count = Math.min(ofOneRun, last - first + 1);
    const range = `${first}-${first + count - 1}`;
    const began = Date.now();
    const { status, output } = await run(root, command, { ...env, ...(seeds && { JOULEMINT_SEEDS: range }) });
    const failed = status === 0 ? 0 : Math.min(count, failures(output));
    // Where one test plays all seeds, it ends at the first that fails, and nobody knows of the others.
    const known = failed === 1 ? 1 : count;
    total.passed += known - failed;
    total.failed += failed;
    total.left += count - known;
    const seconds = Math.round((Date.now() - began) / 1000);
    console.log(`${name}${seeds ? `: seeds ${range}` : ""} ${failed === 0 ? "passed" : "FAILED"} in ${seconds} s`);
    if (failed > 0) console.log(output);
  }
}
if (total.left > 0) console.log(`${total.left} were not run, or not to their end`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

/** How many tests failed, as vitest says it, or mocha and Hardhat. */
function failures(output) {
  const count = /Tests\s.*?(\d+) failed|^\s*(\d+) failing\b/m.exec(stripVTControlCharacters(output));
  return Math.max(1, Number(count?.[1] ?? count?.[2] ?? 1));
}

/** One run of a command in a folder. */
function run(root, [program, ...args], env) {
  const child = spawn(program, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PATH: `${resolve("node_modules/.bin")}${delimiter}${process.env.PATH}`, ...env },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output = `${output}${chunk}`.slice(-100_000);
    });
  }
  return new Promise((resolve) => child.once("close", (status) => resolve({ status, output })));
}
