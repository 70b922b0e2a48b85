import { expect, it } from "vitest";
import { usdPerHour, usdPerMillionTokens } from "../units.ts";
import { pricePath } from "./pricePath.ts";

it.each([
  ["a16z: a tenth a year", 0.1, 0.06],
  ["Epoch AI, GPQA at GPT-4 level", 1 / 40, 60 / 64_000],
  ["Epoch AI, the fastest", 1 / 900, 60 / 729_000_000],
])("%s takes $60 in three years to %d", (_, factorPerYear, expected) => {
  const path = pricePath(usdPerMillionTokens(60), { factorPerYear }, 36);
  expect(path.length).toBe(37);
  expect(path[0]).toBe(60);
  expect((path[36] ?? 0) / expected).toBeCloseTo(1, 9);
  expect((path[6] ?? 0) / 60).toBeCloseTo(Math.sqrt(factorPerYear), 9);
});

it("trap 8: prices rise too: an H100's year went from $1.70 to $2.35 an hour in five months", () => {
  const rent = pricePath(usdPerHour(1.7), { factorPerYear: (2.35 / 1.7) ** (12 / 5) }, 5);
  expect(rent[5]).toBeCloseTo(2.35, 9);
  expect(rent).toEqual([...rent].sort((a, b) => a - b));
  expect(rent[5]).toBeGreaterThan(1.7);
});

it("trap 8: a list price fell by 80 % in one day, and another rose by half", () => {
  const fell = pricePath(usdPerMillionTokens(6), { factorPerYear: 1, steps: [{ month: 3, factor: 0.2 }] }, 4);
  expect(fell.slice(0, 3)).toEqual([6, 6, 6]);
  expect(fell[3]).toBeCloseTo(1.2, 12);
  const rose = pricePath(usdPerMillionTokens(10), { factorPerYear: 1, steps: [{ month: 1, factor: 1.5 }] }, 2);
  expect(rose).toEqual([10, 15, 15]);
});

it.each([1.5, -1, Number.NaN, Number.POSITIVE_INFINITY])("refuses a step in month %d", (month) => {
  const steps = [{ month, factor: 2 }];
  expect(() => pricePath(usdPerMillionTokens(1), { factorPerYear: 1, steps }, 3)).toThrow(RangeError);
});

it.each([0, -1, Number.NaN])("refuses a factor of %d", (factor) => {
  expect(() => pricePath(usdPerMillionTokens(1), { factorPerYear: factor }, 1)).toThrow(RangeError);
  expect(() => pricePath(usdPerMillionTokens(1), { factorPerYear: 1, steps: [{ month: 0, factor }] }, 1)).toThrow(
    RangeError,
  );
});
