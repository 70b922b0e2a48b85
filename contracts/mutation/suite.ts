// The process that runs the tests against one mutant after another. Hardhat, the chain and the test files are loaded
// once; a mutant's code takes the place of the artifact's, and the chain goes back to its beginning.
import { resolve } from "node:path";
import hre from "hardhat";
import Mocha from "mocha";
import { networkHelpers } from "../testing/chain.ts";
import type { Outcome, Trial } from "./TestProcess.ts";

class Silent extends Mocha.reporters.Base {
  override epilogue() {}
}
const suites = new Map<string, Mocha>();
let codes: Trial["codes"] = {};
const epoch = await networkHelpers.time.latest();
const beginning = await networkHelpers.takeSnapshot();

const readArtifact = hre.artifacts.readArtifact.bind(hre.artifacts);
hre.artifacts.readArtifact = async (name) => {
  const artifact = await readArtifact(name);
  return { ...artifact, bytecode: codes[artifact.contractName] ?? artifact.bytecode };
};

/** The tests of a file, which Node loads only once. */
async function load(file: string): Promise<Mocha> {
  const known = suites.get(file);
  if (known) return known;
  const mocha = new Mocha({ bail: true, timeout: 0, reporter: Silent });
  mocha.addFile(resolve(file));
  await mocha.loadFilesAsync();
  mocha.cleanReferencesAfterRun(false);
  suites.set(file, mocha);
  return mocha;
}

/** Back to the beginning, and to its time: a chain that goes back keeps the time that it jumped to. */
async function startAnew(): Promise<void> {
  await beginning.restore();
  networkHelpers.clearSnapshots();
  await networkHelpers.time.setNextBlockTimestamp(epoch + 1);
  await networkHelpers.mine();
}

async function run({ files, ...trial }: Trial): Promise<Outcome> {
  codes = trial.codes;
  for (const file of files) {
    await startAnew();
    const mocha = await load(file);
    let killer: Outcome["killer"] | undefined;
    await new Promise<void>((done) => {
      const runner = mocha.run(() => {
        runner.dispose();
        done();
      });
      runner.once("fail", (test, { message }) => {
        killer = { file, test: test.fullTitle(), message: message.split("\n")[0] };
      });
    });
    if (killer) return { killer };
  }
  return {};
}

process.on("message", async (trial: Trial) => {
  process.send?.(await run(trial));
});
process.send?.("ready");
