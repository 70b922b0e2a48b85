import { expect } from "chai";
import * as fc from "fast-check";
import { deployMarket } from "../testing/deployMarket.ts";
import { marketHistory } from "../testing/marketHistory.ts";
import { ReferenceMarket } from "../testing/ReferenceMarket.ts";

/** JOULEMINT_SEEDS runs a range (`201-400`), JOULEMINT_OPERATIONS histories of another length. */
const [first = 1, last = first] = (process.env.JOULEMINT_SEEDS ?? "1-8").split("-").map(Number);
const length = Number(process.env.JOULEMINT_OPERATIONS ?? 100);
const seeds = Array.from({ length: last - first + 1 }, (_, index) => first + index);

const KINDS = [
  "buy",
  "buyAndOpen",
  "purchase",
  "open",
  "openFor",
  "redeem",
  "consume",
  "transferCredits",
  "topUp",
  "settle",
  "release",
  "claim",
  "handOver",
  "close",
  "transferShares",
  "claimShares",
  "claimAll",
  "give",
] as const;

describe("The same history in Solidity and in packages/economics", () => {
  const played = new Map<string, number>();

  for (const seed of seeds)
    it(`gives everybody the same to the unit, after each of ${length} steps of seed ${seed}`, async function () {
      this.timeout(120_000);
      const [history] = fc.sample(marketHistory(length), { seed, numRuns: 1 });
      const market = await deployMarket(history);
      const reference = new ReferenceMarket(history.terms, history.shares);
      for (const [index, wanted] of history.steps.entries()) {
        const step = reference.play(wanted);
        if (!step) continue;
        await market.play(step);
        played.set(step.kind, (played.get(step.kind) ?? 0) + 1);

        const at = `step ${index} of seed ${seed}, ${step.kind}`;
        for (const [party, amount] of await market.money())
          expect(amount, `money of ${party} after ${at}`).to.equal(reference.money[party] ?? 0n);
        expect(await market.holdings(), `shares after ${at}`).to.deep.equal(reference.holdings);
        expect(await market.wallets(), `wallets after ${at}`).to.deep.equal(reference.wallets);
        expect(await market.uses(), `sessions after ${at}`).to.deep.equal(
          reference.sessions.map(({ cap, used, open }) => ({ cap: open ? cap : 0n, used })),
        );
      }
    });

  it("consists of every kind of step", () => {
    const counts = Object.fromEntries(played);
    console.log(`      ${JSON.stringify(counts)}`);
    for (const kind of KINDS) expect(counts[kind] ?? 0, kind).to.be.at.least(seeds.length / 2);
  });
});
