import fc from "fast-check";
import { expect, it } from "vitest";
import { tokensPerSecond, usd, usdPerKilowattHour } from "../units.ts";
import { compareScenarios } from "./compareScenarios.ts";
import { distributionQuantile } from "./Distribution.ts";
import { exampleScenario as factory } from "./exampleScenario.ts";
import { project } from "./project.ts";
import { randomStream, randomUniform } from "./randomUniform.ts";
import { type Beliefs, simulate, type Variable } from "./simulate.ts";

const beliefs: Beliefs = {
  price: { kind: "lognormal", median: 1.2, sigma: 0.2 },
  priceFactorPerYear: { kind: "uniform", low: 0.4, high: 1 },
  demand: { kind: "triangular", low: 30_000, mode: 70_000, high: 150_000 },
};

it("R2: gives what a Python program makes of the same seed: percentiles, P(NPV<0) and CVaR", () => {
  // That program: Threefry 2x32-20 in whole numbers, NormalDist.inv_cdf and `**`, 1000 runs of seed 42.
  const result = simulate(factory, { seed: 42, runs: 1000, beliefs });
  const expected = {
    mean: 4666375.10284506,
    p5: -1793459.6149437074,
    p50: 3468060.7468779813,
    p95: 14377094.3673262,
    probabilityOfLoss: 0.208,
    conditionalValueAtRisk: -2341410.756999003,
  };
  for (const [name, value] of Object.entries(expected)) {
    expect(result[name as keyof typeof expected] / value, name).toBeCloseTo(1, 11);
  }
  expect(result.outcomes[0]).toBeCloseTo(17474722.7681975, 4);
  expect(result.outcomes[999]).toBeCloseTo(19549758.13166476, 4);
});

it("the same seed gives the same runs, in whatever order the variables are named; another seed gives others", () => {
  const names = Object.keys(beliefs) as Variable[];
  const order = fc.shuffledSubarray(names, { minLength: names.length });
  fc.assert(
    fc.property(order, fc.integer({ min: 0, max: 0xffffffff }), (shuffled, seed) => {
      const again = Object.fromEntries(shuffled.map((name) => [name, beliefs[name]]));
      const first = simulate(factory, { seed, runs: 20, beliefs });
      expect(simulate(factory, { seed, runs: 20, beliefs: again })).toEqual(first);
      const other = simulate(factory, { seed: (seed + 1) % 2 ** 32, runs: 20, beliefs });
      expect(other.outcomes).not.toEqual(first.outcomes);
    }),
    { numRuns: 20 },
  );
});

it("values each run as a projection of what was drawn for it, discount rate and all", () => {
  const belief = { kind: "uniform", low: 0.05, high: 0.2 } as const;
  const { outcomes } = simulate(factory, { seed: 5, runs: 20, beliefs: { discountRate: belief } });
  for (const [run, outcome] of outcomes.entries()) {
    const discountRate = distributionQuantile(belief, randomUniform(randomStream(5, "discountRate"), run));
    expect(outcome).toBe(project({ ...factory, discountRate }).netPresentValue);
  }
});

it("another variable moves no other's draws, and more runs repeat the first ones", () => {
  const options = { seed: 3, runs: 50 };
  const today: number = factory.electricity;
  const certain = { kind: "uniform", low: today, high: today } as const;
  const alone = simulate(factory, { ...options, beliefs }).outcomes;
  expect(simulate(factory, { ...options, beliefs: { electricity: certain, ...beliefs } }).outcomes).toEqual(alone);
  expect(simulate(factory, { seed: 3, runs: 80, beliefs }).outcomes.slice(0, 50)).toEqual(alone);
});

it("tornado: the widest swing first, each by its variable alone", () => {
  // Dearer electricity makes a swing downwards.
  const electricity = { kind: "uniform", low: 0.01, high: 10 } as const;
  const { tornado } = simulate(factory, { seed: 1, runs: 1, beliefs: { ...beliefs, electricity } });
  expect(tornado[0]?.variable).toBe("electricity");
  const swings = tornado.map(({ low, high }) => Math.abs(high - low));
  expect(swings).toEqual([...swings].sort((a, b) => b - a));
  const demand = tornado.find(({ variable }) => variable === "demand");
  const median = { ...factory, electricity: usdPerKilowattHour(5.005) };
  const worth = (tokens: number) => project({ ...median, demand: tokensPerSecond(tokens) }).netPresentValue;
  // 5 % of the triangle's area are left of the one, and 5 % right of the other.
  expect(demand?.low).toBeCloseTo(worth(30_000 + Math.sqrt(0.05 * 120_000 * 40_000)), 3);
  expect(demand?.high).toBeCloseTo(worth(150_000 - Math.sqrt(0.05 * 120_000 * 80_000)), 3);
});

it("compares two scenarios on the same luck: capex that is $1M lower is worth exactly that, in every run", () => {
  const cheaper = { ...factory, capex: usd(3_000_000) };
  const gain = compareScenarios(cheaper, factory, { seed: 9, runs: 200, beliefs });
  expect(gain.p5).toBeCloseTo(1_000_000, 3);
  expect(gain.p95).toBeCloseTo(1_000_000, 3);
  expect(gain.probabilityOfLoss).toBe(0);
});

it.each([
  ["no runs", { seed: 1, runs: 0, beliefs }],
  ["a seed that is no uint32", { seed: -1, runs: 1, beliefs }],
  [
    "a belief in something that is no variable",
    { seed: 1, runs: 1, beliefs: { priceSteps: beliefs.price } as Beliefs },
  ],
  [
    "prices that may be negative",
    { seed: 1, runs: 500, beliefs: { price: { kind: "normal", mean: 1, deviation: 2 } } },
  ],
] as const)("refuses %s", (_, options) => {
  expect(() => simulate(factory, options)).toThrow(RangeError);
});
