import { eachLedger } from "@joulemint/ledger/testing/eachLedger";
import { describe, expect, it } from "vitest";
import { operations } from "../law/operations/operations.ts";
import { runSeed } from "../law/runSeed.ts";
import { Tally } from "../law/Tally.ts";

const OPERATIONS = 220;

/** Runs one seed on both databases, to repeat a failure or to try a new one. */
const given = process.env.JOULEMINT_SEED;
const seeds =
  given === undefined
    ? { pglite: [1, 2, 3], postgres: [4, 5] }
    : { pglite: [Number(given)], postgres: [Number(given)] };

describe("the conservation law", () => {
  const total = new Tally(operations.map(({ kind }) => kind));

  eachLedger("holds on chain, in the ledger and in GraphQL", (subject) => {
    it.each(seeds[subject.kind])(
      "through the operations of seed %i",
      async (seed) => {
        process.stdout.write(`law: seed ${seed} on ${subject.kind}; JOULEMINT_SEED=${seed} repeats it\n`);
        const tally = await runSeed(seed, OPERATIONS, subject.ledger);
        process.stdout.write(`${tally.table(`law: seed ${seed} on ${subject.kind}`)}\n`);
        expect(tally.attempts).toBe(OPERATIONS);
        total.add(tally);
      },
      120_000,
    );
  });

  it("by enough operations of every kind that succeed", () => {
    process.stdout.write(`${total.table("law: all seeds")}\n`);
    if (given !== undefined) return;
    expect(total.attempts).toBeGreaterThanOrEqual(1_000);
    expect(total.rarerThan(3), "kinds that hardly ever succeeded").toEqual([]);
  });
});
