import type { Ledger } from "@joulemint/ledger/Ledger";
import { onLedger } from "@joulemint/ledger/testing/eachLedger";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedsFrom } from "../harness/seedsFrom.ts";
import { operations } from "./operations/operations.ts";
import { runSeed } from "./runSeed.ts";
import { Tally } from "./Tally.ts";
import { type Market, startMarket } from "./world/startMarket.ts";

const ALL = { first: 1, last: 40 };
const OPERATIONS = 250;

/**
 * Plays the seeds of one database: every fourth on PGlite, which is slower. JOULEMINT_SEED repeats one seed on both,
 * JOULEMINT_SEEDS runs a range, JOULEMINT_OPERATIONS of another length.
 */
export function conservationLaw(database: Ledger["kind"]): void {
  const seeds = seedsFrom(process.env, ALL);
  const own = seeds.length === 1 ? seeds : seeds.filter((seed) => (database === "pglite") === (seed % 4 === 0));
  const count = Number(process.env.JOULEMINT_OPERATIONS ?? OPERATIONS);

  // A range of less than four seeds may have none for PGlite; the usual forty always have.
  describe.skipIf(own.length === 0)("the conservation law", () => {
    const total = new Tally(operations.map(({ kind }) => kind));
    let market: Market;

    beforeAll(async () => {
      market = await startMarket();
    });
    afterAll(() => market.close());

    onLedger(database, "holds on chain, in the ledger and in GraphQL", (subject) => {
      it.each(own)(
        "through the operations of seed %i",
        async (seed) => {
          process.stdout.write(`law: seed ${seed} on ${database}; JOULEMINT_SEED=${seed} repeats it\n`);
          const tally = await runSeed(seed, count, market, subject.ledger);
          expect(tally.attempts).toBe(count);
          total.add(tally);
        },
        180_000,
      );
    });

    it("by enough operations of every kind that succeed, through crashes and reorgs that matter", () => {
      process.stdout.write(`${total.table(`law on ${database}: ${total.attempts} operations`)}\n`);
      const share = total.attempts / (OPERATIONS * (ALL.last - ALL.first + 1));
      if (share < 0.25) return;
      const times = Math.floor(25 * share);
      expect(total.rarerThan({ times, share: 0.2 }), "kinds that hardly ever succeeded").toEqual([]);
      for (const sight of SIGHTS) expect(total.seen(sight), sight).toBeGreaterThanOrEqual(Math.floor(10 * share));
    });
  });
}

/** What has to have happened along the way, or crashes and reorgs were none. */
const SIGHTS = [
  "session suspended",
  "dropped session mined again at once",
  "settlement dropped",
  "settled again, unasked",
  "crash with work in flight",
  "crash on the way up",
  "reorg while the factory was down",
  "call charged whose caller saw no end",
  "call lost and not charged",
] as const;
