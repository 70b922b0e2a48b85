import fc from "fast-check";
import { expect, it } from "vitest";
import { METERS } from "../meters.ts";
import { rateCard } from "../RateCard.ts";
import { type AgentCall, taskAmplification } from "./taskAmplification.ts";

const call = (agent: string, tokens: Partial<AgentCall["usage"]>, calls: AgentCall[] = []): AgentCall => ({
  agent,
  usage: { input: 0n, cachedInput: 0n, cacheWrite: 0n, output: 0n, reasoning: 0n, ...tokens },
  calls,
});

/** Input at an eighth of output, cached input at a tenth of that: a widespread price list. */
const card = rateCard({ output: 1_000_000n, reasoning: 1_000_000n, input: 125_000n, cachedInput: 12_500n });

/** 10,000 visible of 331,500, most of them read from the cache. */
const research = call("lead", { cachedInput: 100_000n, input: 20_000n, reasoning: 4000n, output: 10_000n }, [
  call("searcher", { cachedInput: 60_000n, input: 50_000n, output: 7500n }),
  call("searcher", { cachedInput: 40_000n, input: 20_000n, output: 4000n }),
  call("critic", { input: 2000n, output: 14_000n }),
]);

it("C7: a call tree has a total, an internal and a cost-weighted amplification, each with a name of its own", () => {
  const result = taskAmplification([research], card);
  expect(result?.total).toBeCloseTo(33.15, 12);
  expect(result?.internal).toBeCloseTo(32.15, 12);
  // (200,000 x 0.0125 + 92,000 x 0.125 + 39,500 x 1) / 10,000
  expect(result?.cost).toBeCloseTo((2500 + 11_500 + 39_500) / 10_000, 12);
});

it("says which agent used what", () => {
  const agents = taskAmplification([research], card)?.agents;
  expect([...(agents?.keys() ?? [])]).toEqual(["critic", "lead", "searcher"]);
  expect(agents?.get("searcher")).toMatchObject({ tokens: 181_500n, calls: 2, tokenShare: 181_500 / 331_500 });
  expect(agents?.get("critic")?.costShare).toBeCloseTo((2000 * 0.125 + 14_000) / 53_500, 12);
});

it("several tasks are all their tokens over all that was visible, not a mean of factors", () => {
  const short = call("lead", { output: 90_000n });
  expect(taskAmplification([research, short], card)?.total).toBeCloseTo(421_500 / 100_000, 12);
});

const tokens = (min: bigint) => fc.bigInt(min, 10n ** 6n);
const treeOf = (depth: number): fc.Arbitrary<AgentCall> =>
  fc.record({
    agent: fc.constantFrom("a", "b", "c"),
    usage: fc.record({
      input: tokens(0n),
      cachedInput: tokens(0n),
      cacheWrite: tokens(0n),
      output: tokens(1n),
      reasoning: tokens(0n),
    }),
    calls: depth === 0 ? fc.constant([]) : fc.array(treeOf(depth - 1), { maxLength: 3 }),
  });
const tree = treeOf(3);

it("if all tokens cost the same, cost amplifies like tokens; shares sum to 1; the order of calls does not matter", () => {
  const flat = rateCard(Object.fromEntries(METERS.map((meter) => [meter, 333n])));
  fc.assert(
    fc.property(tree, (root) => {
      const result = taskAmplification([root], flat);
      expect(result?.cost).toBeCloseTo(result?.total ?? Number.NaN, 9);
      const shares = [...(result?.agents.values() ?? [])];
      expect(shares.reduce((sum, share) => sum + (share.tokenShare ?? 0), 0)).toBeCloseTo(1, 12);
      expect(shares.reduce((sum, share) => sum + (share.costShare ?? 0), 0)).toBeCloseTo(1, 12);
      const turned = { ...root, calls: [...root.calls].reverse() };
      expect(taskAmplification([turned], flat)).toEqual(result);
    }),
  );
});

it("is unknown where nothing was visible, and refuses a call that occurs twice", () => {
  expect(taskAmplification([call("a", { input: 5n })], card)).toBeNull();
  const shared = call("b", { output: 1n });
  expect(() => taskAmplification([call("a", { output: 1n }, [shared, shared])], card)).toThrow(RangeError);
});
