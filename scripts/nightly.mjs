// The large campaigns: more seeds than a day's tests have time for. Each seed plays another game, so every night adds.
//
//   npm run nightly                                    all of them, from their first seed
//   npm run nightly -- --only gateways --from 4001     goes on where a night ended
//   npm run nightly -- --minutes 60                    what is not begun in time is not run
//
// Prints how far it is, and ends with one line, `N passed, N failed`, which counts seeds. A seed of the invariants is one
// game of 100 operations with each of them; of the differential, one history in Solidity and in packages/economics.
import { spawn } from "node:child_process";
import { resolve } from "node:path";
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
  {
    name: "differential",
    root: "contracts",
    command: ["hardhat", "test", "mocha", "test/differential.ts"],
    seeds: 400,
    ofOneRun: 100,
    env: { JOULEMINT_OPERATIONS: "200" },
  },
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
for (const { name, root, file, command, seeds, ofOneRun, env } of chosen) {
  const last = Number(values.to ?? seeds);
  for (let first = Number(values.from); first <= last; first += ofOneRun) {
    const range = `${first}-${Math.min(first + ofOneRun - 1, last)}`;
    if (Date.now() > deadline) {
      console.log(`${name}: out of time before seed ${first}; --only ${name} --from ${first} goes on`);
      total.left += last - first + 1;
      break;
    }
    const began = Date.now();
    const { status, output } = await run(root, command ?? ["vitest", "run", file], { ...env, JOULEMINT_SEEDS: range });
    const count = Math.min(ofOneRun, last - first + 1);
    const failed = status === 0 ? 0 : Math.max(1, failures(output));
    // Where one test plays all seeds, it ends at the first that fails, and nobody knows of the others.
    const known = status === 0 || failures(output) > 1 ? count : 1;
    total.passed += known - failed;
    total.failed += failed;
    total.left += count - known;
    const seconds = Math.round((Date.now() - began) / 1000);
    console.log(`${name}: seeds ${range} ${failed === 0 ? "passed" : "FAILED"} in ${seconds} s`);
    if (failed > 0) console.log(output);
  }
}
if (total.left > 0) console.log(`${total.left} seeds were not run, or not to their end`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

/** How many tests failed, as vitest says it, or mocha and Hardhat. */
function failures(output) {
  const count = /Tests\s.*?(\d+) failed|^\s*(\d+) failing\b/m.exec(stripVTControlCharacters(output));
  return Number(count?.[1] ?? count?.[2] ?? 1);
}

/** One run of a command in a folder over a range of seeds. */
function run(root, [program, ...args], env) {
  const child = spawn(resolve("node_modules/.bin", program), args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output = `${output}${chunk}`.slice(-100_000);
    });
  }
  return new Promise((resolve) => child.once("close", (status) => resolve({ status, output })));
}
