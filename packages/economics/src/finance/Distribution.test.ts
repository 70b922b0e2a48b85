import fc from "fast-check";
import { expect, it } from "vitest";
import { type Distribution, distributionQuantile, normalQuantile } from "./Distribution.ts";

// From the standard library of Python, which has the same quantiles from another hand.
it.each([
  [0.5, 0],
  [0.6, 0.2533471031357998],
  [0.9, 1.2815515655446008],
  [0.975, 1.9599639845400536],
  [0.0749, -1.4402382675279632],
  [0.001, -3.090232306167813],
  [1e-6, -4.753424308822899],
  [1e-12, -7.034483825301132],
  [1e-20, -9.262340089798405],
  [0.999999999, 5.997807019601638],
])("the standard normal stays below its quantile with probability %d", (p, z) => {
  expect(normalQuantile(p)).toBeCloseTo(z, 13);
});

it.each<[Distribution, number, number]>([
  [{ kind: "uniform", low: 2, high: 6 }, 0.25, 3],
  [{ kind: "triangular", low: 0, mode: 2, high: 8 }, 0.25, 2],
  [{ kind: "triangular", low: 0, mode: 2, high: 8 }, 0.0625, 1],
  [{ kind: "triangular", low: 0, mode: 2, high: 8 }, 1 - 1 / 12, 6],
  [{ kind: "triangular", low: 3, mode: 3, high: 3 }, 0.4, 3],
  [{ kind: "normal", mean: 100, deviation: 30 }, 0.975, 100 + 30 * 1.9599639845400536],
  [{ kind: "lognormal", median: 2, sigma: 0.5 }, 0.5, 2],
  [{ kind: "lognormal", median: 1, sigma: 1 }, 0.975, Math.exp(1.9599639845400536)],
])("%o at %d: %d", (distribution, p, value) => {
  expect(distributionQuantile(distribution, p)).toBeCloseTo(value, 9);
});

it("rises with the probability", () => {
  const probability = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });
  const distribution = fc.constantFrom<Distribution[]>(
    { kind: "uniform", low: -1, high: 1 },
    { kind: "triangular", low: 0, mode: 0.9, high: 1 },
    { kind: "normal", mean: 0, deviation: 1 },
    { kind: "lognormal", median: 1, sigma: 0.3 },
  );
  fc.assert(
    fc.property(distribution, probability, probability, (believed, p, q) => {
      expect(distributionQuantile(believed, Math.max(p, q))).toBeGreaterThanOrEqual(
        distributionQuantile(believed, Math.min(p, q)),
      );
    }),
  );
});

it.each<Distribution>([
  { kind: "uniform", low: 1, high: 0 },
  { kind: "triangular", low: 0, mode: 2, high: 1 },
  { kind: "normal", mean: 0, deviation: -1 },
  { kind: "lognormal", median: 0, sigma: 1 },
])("refuses %o", (distribution) => {
  expect(() => distributionQuantile(distribution, 0.5)).toThrow(RangeError);
});

it.each([0, 1, Number.NaN])("refuses the probability %d", (p) => {
  expect(() => distributionQuantile({ kind: "uniform", low: 0, high: 1 }, p)).toThrow(RangeError);
});
