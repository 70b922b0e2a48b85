import { eachLedger } from "@joulemint/ledger/testing/eachLedger";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedsFrom } from "../harness/seedsFrom.ts";
import { operations } from "../law/operations/operations.ts";
import { runSeed } from "../law/runSeed.ts";
import { Tally } from "../law/Tally.ts";
import { type Market, startMarket } from "../law/world/startMarket.ts";

/** JOULEMINT_SEED repeats one seed on both databases, JOULEMINT_SEEDS runs a range, JOULEMINT_OPERATIONS of another length. */
const seeds = seedsFrom(process.env, { first: 1, last: 40 });
const count = Number(process.env.JOULEMINT_OPERATIONS ?? 250);
const single = seeds.length === 1;
/** Every fourth on PGlite, which is slower. */
const seedsOf = {
  pglite: single ? seeds : seeds.filter((seed) => seed % 4 === 0),
  postgres: single ? seeds : seeds.filter((seed) => seed % 4 > 0),
};

describe("the conservation law", () => {
  const total = new Tally(operations.map(({ kind }) => kind));
  let market: Market;

  beforeAll(async () => {
    market = await startMarket();
  });
  afterAll(() => market.close());

  eachLedger("holds on chain, in the ledger and in GraphQL", (subject) => {
    const own = seedsOf[subject.kind];
    if (own.length === 0) return;
    it.each(own)(
      "through the operations of seed %i",
      async (seed) => {
        process.stdout.write(`law: seed ${seed} on ${subject.kind}; JOULEMINT_SEED=${seed} repeats it\n`);
        const tally = await runSeed(seed, count, market, subject.ledger);
        expect(tally.attempts).toBe(count);
        total.add(tally);
      },
      180_000,
    );
  });

  it("by enough operations of every kind that succeed, through crashes and reorgs that matter", () => {
    process.stdout.write(`${total.table(`law: ${total.attempts} operations of seeds ${seeds.join(", ")}`)}\n`);
    if (total.attempts < 10_000) return;
    expect(total.rarerThan({ times: 25, share: 0.2 }), "kinds that hardly ever succeeded").toEqual([]);
    for (const sight of SIGHTS) expect(total.seen(sight), sight).toBeGreaterThanOrEqual(10);
  });
});

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
