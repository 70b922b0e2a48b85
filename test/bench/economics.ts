import { distributionQuantile } from "@joulemint/economics/finance/Distribution";
import { exampleScenario } from "@joulemint/economics/finance/exampleScenario";
import { randomStream, randomUniform } from "@joulemint/economics/finance/randomUniform";
import { type Beliefs, simulate } from "@joulemint/economics/finance/simulate";
import { fillUnitEconomics, unitEconomics } from "@joulemint/economics/revenue/unitEconomics";
import {
  fraction,
  tokensPerSecond,
  usdPerHour,
  usdPerKilowattHour,
  usdPerMillionTokens,
  watts,
} from "@joulemint/economics/units";
import type { Benchmark } from "./Benchmark.ts";

const ROWS = 400_000;
const RUNS = 10_000;
const SEED = 2026;

/** A round takes this many seconds at least: one call is over before the engine has compiled what it runs. */
const ROUND = 0.2;
/** Seconds that this thread ran: unlike the clock's, nothing else on the machine adds to them. */
const secondsRun = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
};

/** Rows a second of one core, and that the answer is the one that the reference gives: to `error`, where draws are not the same. */
function rated(count: number, run: () => number, expected: number, error = 1e-9): () => Promise<number> {
  return async () => {
    const start = secondsRun();
    let calls = 0;
    for (; secondsRun() - start < ROUND; calls += 1) {
      const sum = run();
      if (!(Math.abs(sum / expected - 1) < error)) throw new Error(`wrong answer: ${sum} instead of ${expected}`);
    }
    return (calls * count) / (secondsRun() - start);
  };
}

const column = (low: number, high: number, stride: number) =>
  Float64Array.from({ length: ROWS }, (_, i) => low + ((high - low) * ((i * stride) % 1009)) / 1009);
const empty = () => new Float64Array(ROWS);
const total = (columns: readonly Float64Array[]) =>
  columns.reduce((sum, each) => sum + each.reduce((a, b) => a + b, 0), 0);

const rates = {
  machines: column(1, 8, 7),
  power: column(700, 3000, 11),
  electricity: column(0.03, 0.3, 13),
  capacity: column(500, 10_000, 17),
  utilisation: column(0.05, 1, 19),
  price: column(0.1, 10, 23),
};
const results = {
  cost: empty(),
  energyCost: empty(),
  marginPerMillion: empty(),
  margin: empty(),
  markUp: empty(),
  breakEvenUtilisation: empty(),
  tokensPerJoule: empty(),
  revenuePerKilowattHour: empty(),
};
const plain = Array.from({ length: 8 }, empty) as unknown as readonly [
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
];

function columns(): number {
  fillUnitEconomics(results, rates);
  return (results.cost[7] as number) + (results.revenuePerKilowattHour[ROWS - 1] as number);
}

/** The same in one plain loop, without units, unknowns or checks. */
function plainLoop(): number {
  const { machines, power, electricity, capacity, utilisation, price } = rates;
  const [cost, energyCost, perMillion, margin, markUp, breakEven, perJoule, perKilowattHour] = plain;
  for (let i = 0; i < ROWS; i += 1) {
    const energy = ((power[i] as number) / 1000) * (electricity[i] as number);
    const hour = (machines[i] as number) + energy;
    const sold = (capacity[i] as number) * (utilisation[i] as number);
    const asked = price[i] as number;
    const each = (hour * 1e6) / (sold * 3600);
    const tokensPerJoule = sold / (power[i] as number);
    cost[i] = each;
    energyCost[i] = (energy * 1e6) / (sold * 3600);
    perMillion[i] = asked - each;
    margin[i] = (asked - each) / asked;
    markUp[i] = (asked - each) / each;
    breakEven[i] = (hour * 1e6) / ((capacity[i] as number) * 3600) / asked;
    perJoule[i] = tokensPerJoule;
    perKilowattHour[i] = asked * tokensPerJoule * 3.6;
  }
  return (cost[7] as number) + (perKilowattHour[ROWS - 1] as number);
}

function oneByOne(): number {
  let sum = 0;
  for (let i = 0; i < ROWS; i += 1) {
    const { cost } = unitEconomics({
      machines: usdPerHour(rates.machines[i] as number),
      power: watts(rates.power[i] as number),
      electricity: usdPerKilowattHour(rates.electricity[i] as number),
      capacity: tokensPerSecond(rates.capacity[i] as number),
      utilisation: fraction(rates.utilisation[i] as number),
      price: usdPerMillionTokens(rates.price[i] as number),
    });
    sum += cost ?? Number.NaN;
  }
  return sum;
}

const unitBenchmark: Benchmark = {
  name: "economics-unit",
  unit: "evaluations/s",
  async prepare() {
    const expected = plainLoop();
    columns();
    const [ours, reference] = [total(Object.values(results)), total(plain)];
    if (!(Math.abs(ours / reference - 1) < 1e-9)) throw new Error(`wrong answer: ${ours} instead of ${reference}`);
    return {
      ours: rated(ROWS, columns, expected),
      reference: {
        "plain loop over Float64Array": rated(ROWS, plainLoop, expected),
        "ours, one call with units for each": rated(ROWS, oneByOne, total([plain[0]])),
      },
      async close() {},
    };
  },
};

const beliefs = {
  price: { kind: "lognormal", median: 1.2, sigma: 0.2 },
  priceFactorPerYear: { kind: "triangular", low: 0.3, mode: 0.7, high: 1 },
  demand: { kind: "lognormal", median: 70_000, sigma: 0.4 },
  demandFactorPerYear: { kind: "triangular", low: 0.9, mode: 1.4, high: 2 },
  electricity: { kind: "uniform", low: 0.05, high: 0.15 },
  availability: { kind: "triangular", low: 0.8, mode: 0.95, high: 0.99 },
} as const satisfies Beliefs;

type Belief = keyof typeof beliefs;

/** The draws that `simulate` makes, by which the answers are the same. */
function seededDraws(name: Belief): Float64Array {
  const stream = randomStream(SEED, name);
  return Float64Array.from({ length: RUNS }, (_, run) =>
    distributionQuantile(beliefs[name], randomUniform(stream, run)),
  );
}

/** Draws as the engine makes them at its fastest, of which nothing can be repeated. */
function plainDraws(name: Belief): Float64Array {
  const belief = beliefs[name];
  return Float64Array.from({ length: RUNS }, () => {
    const p = Math.random();
    switch (belief.kind) {
      case "uniform":
        return belief.low + (belief.high - belief.low) * p;
      case "triangular": {
        const { low, mode, high } = belief;
        return p * (high - low) <= mode - low
          ? low + Math.sqrt(p * (high - low) * (mode - low))
          : high - Math.sqrt((1 - p) * (high - low) * (high - mode));
      }
      case "lognormal": {
        const normal = Math.sqrt(-2 * Math.log(1 - p)) * Math.cos(2 * Math.PI * Math.random());
        return belief.median * Math.exp(belief.sigma * normal);
      }
    }
  });
}

/** Mean and tail loss nearly cancel: six standard errors of other draws are half of their sum. */
const LUCK = 0.5;

/** The same runs, as one loop over months without ledger, checks and tornado. */
function plainMonths(drawsOf: (name: Belief) => Float64Array): number {
  const draws = (Object.keys(beliefs) as Belief[]).map(drawsOf);
  const [price, fall, demand, growth, electricity, availability] = draws as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const seconds = (8760 * 3600) / 12;
  const discount = 1 / 1.1 ** (1 / 12);
  const outcomes = new Float64Array(RUNS);
  let sum = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const priceStep = (fall[run] as number) ** (1 / 12);
    const demandStep = (growth[run] as number) ** (1 / 12);
    const able = 72 * 2000 * (availability[run] as number) * seconds;
    const energy = ((72 * 1800 * 1.2 * seconds) / 3.6e6) * (electricity[run] as number);
    let asked = price[run] as number;
    let wanted = (demand[run] as number) * seconds;
    let factor = 1;
    let value = -4_000_000;
    for (let month = 1; month <= 60; month += 1) {
      asked *= priceStep;
      wanted *= demandStep;
      factor *= discount;
      value += ((Math.min(able, wanted) / 1e6) * asked - energy - 250_000 / 12) * factor;
    }
    const outcome = value + 400_000 * factor;
    outcomes[run] = outcome;
    sum += outcome;
  }
  outcomes.sort();
  let tail = 0;
  for (let i = 0; i < RUNS / 20; i += 1) tail += outcomes[i] as number;
  let losses = 0;
  while (losses < RUNS && (outcomes[losses] as number) < 0) losses += 1;
  return sum / RUNS + tail / (RUNS / 20) + losses;
}

function monteCarlo(): number {
  const { mean, conditionalValueAtRisk, probabilityOfLoss } = simulate(exampleScenario, {
    seed: SEED,
    runs: RUNS,
    beliefs,
  });
  return mean + conditionalValueAtRisk + probabilityOfLoss * RUNS;
}

const monteCarloBenchmark: Benchmark = {
  name: "economics-monte-carlo",
  unit: "runs of 60 months/s",
  async prepare() {
    const expected = plainMonths(seededDraws);
    return {
      ours: rated(RUNS, monteCarlo, expected),
      reference: {
        "plain loop over Float64Array, the same draws": rated(RUNS, () => plainMonths(seededDraws), expected),
        "plain loop over Float64Array, draws of Math.random": rated(
          RUNS,
          () => plainMonths(plainDraws),
          expected,
          LUCK,
        ),
      },
      async close() {},
    };
  },
};

export const economicsBenchmarks = [unitBenchmark, monteCarloBenchmark];
