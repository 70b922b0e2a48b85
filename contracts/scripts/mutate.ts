// Mutation testing: does a test fail for each mistake that could have been made in Credits, Shares and ShareVault?
//
//   npm run mutate -w contracts                        a sample of 300 mutants, and those of the hostile cases
//   npm run mutate -w contracts -- --seed 2            another sample
//   npm run mutate -w contracts -- --mutants 100000    all
//   npm run mutate -w contracts -- --only Shares       those of one contract
//   npm run mutate -w contracts -- --retry             once more those that survived, after a test was added
//   npm run mutate -w contracts -- --fresh             all of them once more
//   npm run mutate -w contracts -- --list              names the mutants and runs nothing
//
// What is known is kept in cache/mutation and not run again. docs/mutation.md says what survives, and why. Exits with 1 when
// less than 90 % are killed, or a mistake of a hostile case survives.
import { createHash } from "node:crypto";
import { globSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { Compiler, DEPLOYED } from "../mutation/Compiler.ts";
import { type Candidate, candidates, shuffled } from "../mutation/candidates.ts";
import { describeMutant } from "../mutation/describeMutant.ts";
import { hostileCase } from "../mutation/hostile.ts";
import { type Result, Results } from "../mutation/Results.ts";
import { Source } from "../mutation/Source.ts";
import { SUBJECTS } from "../mutation/subjects.ts";
import { TestProcess, type Trial } from "../mutation/TestProcess.ts";

const { values: options } = parseArgs({
  options: {
    mutants: { type: "string", default: "300" },
    seed: { type: "string", default: "1" },
    retry: { type: "boolean", default: false },
    fresh: { type: "boolean", default: false },
    only: { type: "string" },
    list: { type: "boolean", default: false },
  },
});
const wanted = Number(options.mutants);
const GOAL = 0.9;
/** What a mutant may take. */
const MILLISECONDS = 180_000;
/** These run none of the contracts, or look at what any change at all changes: size, gas, addresses. */
const NO_KILLERS = /^test\/(bond|deployment|mutation)\/|^test\/(bytecode|erc7730|gas|securityPage)\.ts$/;

const root = resolve(import.meta.dirname, "..");
process.chdir(root);
const files = globSync("test/**/*.ts")
  .filter((file) => !NO_KILLERS.test(file))
  .sort();
const compiler = new Compiler(root);
const tests = new TestProcess(MILLISECONDS);
const KNOWN = "cache/mutation/results.jsonl";
if (options.fresh) rmSync(KNOWN, { force: true });
const results = new Results(KNOWN);
const counted: Result[] = [];
/** The optimized code of each subject. */
const deployed = new Map<string, string>();
const code = (codes: Trial["codes"]) => createHash("sha256").update(JSON.stringify(codes)).digest("hex").slice(0, 16);

const subjects = SUBJECTS.filter(({ name }) => (options.only ?? name) === name);
const all = subjects.flatMap((subject) => candidates(subject, compiler));
const hostile = all.filter((mutant) => hostileCase(mutant) !== undefined);
const queue = [...hostile, ...shuffled(all, options.seed).filter((mutant) => !hostile.includes(mutant))];
if (options.list) for (const mutant of queue) console.log(describeMutant(mutant));
else await campaign();

async function campaign(): Promise<void> {
  await expectGreen();
  let began = Date.now();
  for (let trial = next(0); trial; ) {
    const { mutant, codes } = trial;
    const running = tests.run({ codes, files: results.order(files, mutant, mutant.subject.tests) });
    // Compiles the next while the tests run.
    const following = next(1);
    const { killer } = await running;
    const status = killer ? "killed" : isSameWhenDeployed(mutant) ? "equivalent" : "survived";
    record(mutant, { status, code: code(codes), ...(killer && { killer }) });
    console.log(`  ${counted.length} of ${wanted}, ${((Date.now() - began) / 1000).toFixed(1)} s`);
    began = Date.now();
    trial = following;
  }
  await expectGreen();
  tests.stop();
  process.exitCode = summarise() ? 0 : 1;
}

/** The next mutant to run while `running` are; what is known, invalid or equivalent is dealt with on the way. */
function next(running: number): { mutant: Candidate; codes: Trial["codes"] } | undefined {
  while (counted.length + running < wanted) {
    const mutant = queue.shift();
    if (!mutant) return undefined;
    const known = results.of(mutant.id);
    if (known && !(options.retry && known.status === "survived")) {
      if (known.status !== "invalid") counted.push(known);
      continue;
    }
    const codes = compiler.compile(mutant.subject.contracts, changed(mutant));
    if (!codes || results.hasTwin(mutant.id, code(codes))) record(mutant, { status: "invalid" });
    else if (code(codes) === code(mutant.original)) record(mutant, { status: "equivalent" });
    else return { mutant, codes };
  }
  return undefined;
}

function changed(mutant: Candidate): Record<string, string> {
  return { [mutant.file]: new Source(compiler.read(mutant.file)).edited(mutant) };
}

/** Whether the optimizer makes of a mutant what it makes of the original. */
function isSameWhenDeployed(mutant: Candidate): boolean {
  const { name, contracts } = mutant.subject;
  const before = deployed.get(name) ?? code(compiler.compile(contracts, {}, DEPLOYED) ?? {});
  deployed.set(name, before);
  return before === code(compiler.compile(contracts, changed(mutant), DEPLOYED) ?? {});
}

function record(mutant: Candidate, outcome: Pick<Result, "status" | "killer" | "code">): void {
  const { id, file, line, within, operator, before, after } = mutant;
  const result = { id, file, line, within, operator, before, after, ...outcome };
  results.add(result);
  if (result.status === "invalid") return;
  counted.push(result);
  console.log(`${result.status.padEnd(10)} ${describeMutant(mutant)}`);
  if (result.killer) console.log(`           by ${result.killer.file}: ${result.killer.test || result.killer.message}`);
}

/** Without a mistake all tests pass, built as mutants are: before the campaign, and after it in the same process. */
async function expectGreen(): Promise<void> {
  const codes = Object.assign({}, ...all.map(({ original }) => original));
  const { killer } = await tests.run({ codes, files });
  if (!killer) return;
  tests.stop();
  throw new Error(`${killer.file} fails without a mutant: ${killer.test}: ${killer.message}`);
}

/** Prints the figures; whether enough was killed among what a test could kill, and every mistake of a hostile case. */
function summarise(): boolean {
  const total = (status: Result["status"], among: readonly Result[] = counted) =>
    among.filter((result) => result.status === status).length;
  for (const file of new Set(counted.map((result) => result.file))) {
    const among = counted.filter((result) => result.file === file);
    console.log(`${file}: ${total("killed", among)} killed, ${total("survived", among)} survived`);
  }
  for (const survivor of counted.filter(({ status }) => status === "survived")) {
    console.log(`survived   ${describeMutant(survivor)}`);
  }
  for (const mutant of hostile) {
    const { status, killer } = results.of(mutant.id) ?? {};
    console.log(`${hostileCase(mutant)}: ${status} by ${killer?.file} ${killer?.test}`);
  }
  const [killed, survived] = [total("killed"), total("survived")];
  const equivalent = total("equivalent");
  console.log(`${killed} killed, ${survived} survived, ${equivalent} equivalent of ${counted.length} mutants`);
  const hostileSurvives = hostile.some(({ id }) => results.of(id)?.status === "survived");
  return killed > 0 && killed / (killed + survived) >= GOAL && !hostileSurvives;
}
