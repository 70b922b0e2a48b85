import { expect, it } from "vitest";
import file from "../../data/datacenter_finance.json" with { type: "json" };
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
  const [first, last] = file.gpu_rental_usd_per_hour.filter(
    ({ gpu, contract }) => gpu === "h100" && contract === "1-year",
  );
  const [from, to] = [first, last].map((row) => new Date(row?.date ?? ""));
  const months = Math.round((Number(to) - Number(from)) / ((365.25 * 86_400_000) / 12));
  const [start = Number.NaN, end = Number.NaN] = [first?.usd, last?.usd];
  expect([start, end, months]).toEqual([1.7, 2.35, 5]);
  // The published fall of token prices would have taken it below a dollar.
  expect(pricePath(usdPerHour(start), { factorPerYear: 0.1 }, months)[months]).toBeLessThan(1);
  const rent = pricePath(usdPerHour(start), { factorPerYear: 2.174 }, months);
  expect(rent[months]).toBeCloseTo(end, 2);
  expect(rent).toEqual([...rent].sort((a, b) => a - b));
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
