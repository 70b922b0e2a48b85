import { setTimeout as sleep } from "node:timers/promises";
import type { Ledger } from "@joulemint/ledger/Ledger";
import { reconcile } from "@joulemint/ledger/reconcile";
import { expect } from "vitest";
import { closeConnections } from "./callGateway.ts";
import { checkSeed } from "./checkSeed.ts";
import { type Fleet, GATEWAYS, startFleet } from "./Fleet.ts";
import { runSeed, type SeedRun } from "./runSeed.ts";
import { planSeed } from "./SeedPlan.ts";

/** Seeds at once: while one waits for a lease to run out, the others keep the machine busy. */
const AT_ONCE = 6;
/** Counting the books of a hundred sessions costs as much as a seed. */
const BOOKS_EVERY_MS = 1_000;
/** Of one fleet and its database: the books of all its sessions are counted after every seed. */
const SEEDS_OF_FLEET = 100;
/** What a gateway answers when the hold of a call was given back before its charge was written. */
const LOST: ReadonlySet<string> = new Set(["HOLD_NOT_OPEN", "GATEWAY_FENCED"]);

/** What the disturbances of a campaign came to. */
export interface Losses {
  /** Gateways that lost their lease, by death or by sleep. */
  readonly fenced: number;
  /** Holds of calls in flight that were given back: of those gateways, or because their own time was over. */
  readonly expired: number;
  /** Calls that wanted to be charged after that, and were refused. */
  readonly tooLate: number;
}

/** Runs seeds, each on a session of its own and several at a time, and tells of each in a line. The first failure ends it. */
export async function runCampaign(seeds: readonly number[], tell: (line: string) => void): Promise<Losses> {
  const losses = { fenced: 0, expired: 0, tooLate: 0 };
  for (let start = 0; start < seeds.length; start += SEEDS_OF_FLEET) {
    const fleet = await startFleet();
    try {
      losses.tooLate += await runOnFleet(fleet, seeds.slice(start, start + SEEDS_OF_FLEET), tell);
      const { db } = fleet.ledger;
      losses.fenced += (await db.selectFrom("gateway").select("fence").where("state", "=", "fenced").execute()).length;
      losses.expired += (await db.selectFrom("hold").select("id").where("state", "=", "expired").execute()).length;
    } finally {
      closeConnections();
      await fleet.close();
    }
  }
  return losses;
}

/** Gives how many calls wanted to be charged for a hold that they had lost. */
async function runOnFleet(fleet: Fleet, seeds: readonly number[], tell: (line: string) => void): Promise<number> {
  const waiting = [...seeds];
  const books = sharedCheck(() => checkBooks(fleet.ledger));
  const failures: Error[] = [];
  const failed = (seed: number) => (cause: unknown) => {
    failures.push(new Error(`seed ${seed} failed; JOULEMINT_SEED=${seed} repeats it`, { cause }));
  };
  let tooLate = 0;
  const play = async (seed: number): Promise<void> => {
    const run = await runSeed(fleet, planSeed(seed, GATEWAYS));
    await checkSeed(fleet.ledger, run);
    tell(describe(run));
    tooLate += run.answers.filter(({ ending }) => ending.kind === "broken" && LOST.has(ending.reason)).length;
    // The books of all are counted while the next seed runs.
    void books().catch(failed(seed));
  };
  const work = async (): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined && failures.length === 0; seed = waiting.shift()) {
      await play(seed).catch(failed(seed));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await books();
  if (failures[0] !== undefined) throw failures[0];
  return tooLate;
}

async function checkBooks(ledger: Ledger): Promise<void> {
  const { difference, findings } = await reconcile(ledger);
  expect({ difference, findings }).toEqual({ difference: "0", findings: [] });
}

/** Who asks while a check runs, or was just run, shares the next one with the others: every answer is from after the question. */
function sharedCheck(check: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  return () => {
    next ??= running
      .catch(() => {})
      .then(() => sleep(BOOKS_EVERY_MS))
      .then(() => {
        next = null;
        running = check();
        return running;
      });
    return next;
  };
}

function describe({ plan, answers }: SeedRun): string {
  const count = new Map<string, number>();
  for (const { ending } of answers) {
    const kind = ending.kind === "broken" ? `broken (${ending.reason})` : ending.kind;
    count.set(kind, (count.get(kind) ?? 0) + 1);
  }
  const endings = [...count].map(([kind, calls]) => `${calls} ${kind}`).join(", ");
  const disturbances = plan.disturbances.map(({ kind }) => kind).join(", ");
  return `seed ${plan.seed}: ${endings}${disturbances === "" ? "" : `; ${disturbances}`}`;
}
