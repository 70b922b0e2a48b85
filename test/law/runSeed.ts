import { deepStrictEqual } from "node:assert";
import type { Ledger } from "@joulemint/ledger/Ledger";
import { auditFactory } from "../harness/expectAuditAgrees.ts";
import { checkChain } from "./checks/checkChain.ts";
import { checkGraph } from "./checks/checkGraph.ts";
import { checkLedgerRows } from "./checks/checkLedgerRows.ts";
import { operations } from "./operations/operations.ts";
import { Tally } from "./Tally.ts";
import { withdrawEverything } from "./withdrawEverything.ts";
import { receiptAccount } from "./world/startFactory.ts";
import type { Market } from "./world/startMarket.ts";
import { startWorld, type World } from "./world/startWorld.ts";

/** Operations between two looks at the ledger's rows, and between two checks of everything. */
const CHECK_ROWS_EVERY = 10;
const CHECK_ALL_EVERY = 50;
/** Seeds: one audit takes as long as a hundred operations. */
const AUDIT_EVERY = 5;

/** Runs that many random operations in a new world, and checks the law along the way and after everybody left. */
export async function runSeed(seed: number, count: number, market: Market, ledger: Ledger): Promise<Tally> {
  const world = await startWorld(seed, market, ledger);
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
      await checkSome(world, done.length);
    }
    if (count % CHECK_ALL_EVERY > 0) await checkAll(world);
    done.push("withdraw everything");
    await withdrawEverything(world);
    await checkAll(world);
    if (seed % AUDIT_EVERY === 0) await audit(world);
  } catch (cause) {
    const last = done.slice(-CHECK_ROWS_EVERY).join(", ");
    throw new Error(`JOULEMINT_SEED=${seed} fails at operation ${done.length}; the last were: ${last}`, { cause });
  } finally {
    await world.close();
  }
  tally.see(world.sights);
  return tally;
}

/** What the game lets signers do: settle more than they were charged, and under heads that are none. */
const BEYOND_RECEIPTS = ["receiptsHead", "settledWithoutReceipts"];

/** What the game came to is audited like any factory: from its export and the chain alone. */
async function audit({ factory, url: rpc, parties: { operator1, operator2 } }: World): Promise<void> {
  const operators = [operator1.address, operator2.address];
  const audited = { url: factory.url, rpc, receiptKey: receiptAccount.address, operators };
  const { findings, difference } = await auditFactory(audited);
  deepStrictEqual(
    findings.filter(({ field }) => !BEYOND_RECEIPTS.includes(field)),
    [],
  );
  deepStrictEqual(difference, "0");
}

async function checkSome(world: World, done: number): Promise<void> {
  if (done % CHECK_ALL_EVERY === 0) return checkAll(world);
  if (done % CHECK_ROWS_EVERY > 0) return;
  await world.indexed();
  await checkLedgerRows(world);
}

async function checkAll(world: World): Promise<void> {
  await world.indexed();
  await checkChain(world);
  await checkLedgerRows(world);
  await checkGraph(world);
}
