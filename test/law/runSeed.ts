import type { Ledger } from "@joulemint/ledger/Ledger";
import { emptyLedger } from "@joulemint/ledger/testing/emptyLedger";
import { checkChain } from "./checks/checkChain.ts";
import { checkGraph } from "./checks/checkGraph.ts";
import { checkLedger } from "./checks/checkLedger.ts";
import { checkLedgerRows } from "./checks/checkLedgerRows.ts";
import { operations } from "./operations/operations.ts";
import { Tally } from "./Tally.ts";
import { withdrawEverything } from "./withdrawEverything.ts";
import { startWorld, type World } from "./world/startWorld.ts";

/** Operations between two checks, and between two that ask GraphQL as well. */
const CHECK_EVERY = 10;
const CHECK_GRAPH_EVERY = 30;

/** Runs that many random operations in a new world, and checks the law along the way and after everybody left. */
export async function runSeed(seed: number, count: number, ledger: Ledger): Promise<Tally> {
  await emptyLedger(ledger);
  const world = await startWorld(seed, ledger);
  const tally = new Tally(operations.map(({ kind }) => kind));
  const done: string[] = [];
  try {
    while (done.length < count) {
      const { kind, run } = world.random.weighted(operations);
      done.push(kind);
      const succeeded = await run(world);
      if (succeeded === null) {
        done.pop();
        continue;
      }
      tally.count(kind, 1, succeeded ? 1 : 0);
      if (done.length % CHECK_EVERY === 0) await checkLaw(world);
      if (done.length % CHECK_GRAPH_EVERY === 0) await checkGraph(world);
    }
    await checkLaw(world);
    await checkGraph(world);
    done.push("withdraw everything");
    await withdrawEverything(world);
    await checkLaw(world);
    await checkGraph(world);
  } catch (cause) {
    const last = done.slice(-CHECK_EVERY).join(", ");
    throw new Error(`JOULEMINT_SEED=${seed} fails at operation ${done.length}; the last were: ${last}`, { cause });
  } finally {
    await world.close();
  }
  return tally;
}

async function checkLaw(world: World): Promise<void> {
  await world.indexed();
  await checkChain(world);
  await checkLedger(world);
  await checkLedgerRows(world);
}
