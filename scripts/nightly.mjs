// The large campaigns: more seeds than a day's tests have time for. Each seed plays another game, so every night adds.
//
//   npm run nightly                                    all of them, from their first seed
//   npm run nightly -- --only gateways --from 4001     goes on where a night ended
//   npm run nightly -- --minutes 60                    what is not begun in time is not run
//
// Prints how far it is, and ends with one line, `N passed, N failed`, which counts seeds.
import { spawn } from "node:child_process";
import { parseArgs, stripVTControlCharacters } from "node:util";

/** Seeds of one run: a failure costs at most these, and the ledger of a run stays small. */
const campaigns = [
  { name: "gateways", root: "test", file: "faults/manyGateways.test.ts", seeds: 10_000, ofOneRun: 200 },
  {
    name: "law",
    root: "test",
    file: "e2e/law.property.test.ts",
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
for (const { name, root, file, seeds, ofOneRun, env } of chosen) {
  const last = Number(values.to ?? seeds);
  for (let first = Number(values.from); first <= last; first += ofOneRun) {
    const range = `${first}-${Math.min(first + ofOneRun - 1, last)}`;
    if (Date.now() > deadline) {
      console.log(`${name}: out of time before seed ${first}; --only ${name} --from ${first} goes on`);
      total.left += last - first + 1;
      break;
    }
    const began = Date.now();
    const { status, output } = await run(root, file, { ...env, JOULEMINT_SEEDS: range });
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

/** How many tests failed, as vitest says it. */
function failures(output) {
  return Number(/Tests\s.*?(\d+) failed/.exec(stripVTControlCharacters(output))?.[1] ?? 1);
}

/** One run of a test file over a range of seeds. */
function run(root, file, env) {
  const child = spawn("node_modules/.bin/vitest", ["run", "--root", root, file], {
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
