import fc from "fast-check";
import { expect, it } from "vitest";
import { fitGrowth, grown } from "./growth.ts";

it("C17: linear adds, compounding multiplies", () => {
  expect(grown(100, { kind: "linear", perYear: 50 }, 4)).toBe(300);
  expect(grown(100, { kind: "compounding", factorPerYear: 1.5 }, 4)).toBeCloseTo(506.25, 9);
  expect(grown(100, { kind: "linear", perYear: -50 }, 4)).toBe(0);
});

const years = [0, 1, 2, 3, 4];
const fitOf = (first: number, values: readonly number[]) =>
  fitGrowth(values.map((value, i) => ({ year: first + i, value })));

it.each([
  ["linear", years.map((year) => ({ year, value: 10 + 5 * year })), { kind: "linear", perYear: expect.closeTo(5, 9) }],
  [
    "compounding",
    years.map((year) => ({ year, value: 10 * 2 ** year })),
    { kind: "compounding", factorPerYear: expect.closeTo(2, 9) },
  ],
])("C17: a fit reports that it used the %s kind, with both errors", (kind, points, growth) => {
  const fit = fitGrowth(points);
  expect(fit.growth).toEqual(growth);
  expect(fit.start).toBeCloseTo(10, 9);
  expect(fit.findings).toEqual([]);
  expect(fit.errors[kind as "linear" | "compounding"]).toBeLessThan(1e-9);
  expect(Math.max(fit.errors.linear, fit.errors.compounding)).toBeGreaterThan(1);
});

it("C17: where the data do not decide, a finding says so", () => {
  const flat = fitGrowth([
    { year: 0, value: 100 },
    { year: 1, value: 104 },
    { year: 2, value: 99 },
    { year: 3, value: 103 },
  ]);
  expect(flat.findings.map(({ code }) => code)).toEqual(["GROWTH_UNDECIDED"]);
});

it("C17: calendar years give the fit that years from 0 give", () => {
  expect(fitOf(2023, [100, 200, 300]).growth).toEqual({ kind: "linear", perYear: expect.closeTo(100, 9) });
  expect(fitOf(2023, [1000, 400, 160])).toMatchObject({
    start: expect.closeTo(1000, 9),
    growth: { kind: "compounding", factorPerYear: expect.closeTo(0.4, 9) },
  });
  const value = fc.double({ min: 1, max: 1000, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3000 }), fc.array(value, { minLength: 3, maxLength: 8 }), (first, values) => {
      expect(fitOf(first, values)).toEqual(fitOf(0, values));
    }),
  );
});

it("C17: the compounding kind minimises errors of the values: large ones pull more than small ones", () => {
  const { errors } = fitOf(0, [1, 30, 90, 270]);
  // With every logarithm weighing the same, the fit would miss by 80.
  expect(errors.compounding).toBeLessThan(5);
});

it("does not depend on the order of points", () => {
  const point = fc.record({
    year: fc.integer({ min: 0, max: 10 }),
    value: fc.double({ min: 1, max: 1000, noNaN: true }),
  });
  const set = fc.uniqueArray(point, { minLength: 3, maxLength: 8, selector: ({ year }) => year });
  fc.assert(
    fc.property(set, (points) => {
      expect(fitGrowth([...points].reverse())).toEqual(fitGrowth(points));
    }),
  );
});

it.each<[string, { year: number; value: number }[]]>([
  ["two points", years.slice(0, 2).map((year) => ({ year, value: 1 }))],
  ["a value of 0", years.map((year) => ({ year, value: year }))],
  ["what overflows", years.map((year) => ({ year, value: 1e200 * 10 ** year }))],
  ["one year", years.map((_, i) => ({ year: 1, value: 1 + i }))],
])("refuses to fit %s", (_, points) => {
  expect(() => fitGrowth(points)).toThrow(RangeError);
});

it("refuses to multiply by nothing", () => {
  expect(() => grown(1, { kind: "compounding", factorPerYear: 0 }, 1)).toThrow(RangeError);
});
