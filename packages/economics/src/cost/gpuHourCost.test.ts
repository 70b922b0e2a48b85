import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gpuHour } from "../catalogue/gpuHours.ts";
import { type Fraction, fraction, usd, usdPerKilowattHour, usdPerYear, watts, years } from "../units.ts";
import { type GpuHourInput, gpuHourCost } from "./gpuHourCost.ts";

/** $5M for a rack of 72, 2.1 kW each all-in, at the price of power in Texas. */
const rack: GpuHourInput = {
  capex: usd(5e6 / 72),
  residual: usd(0),
  lifeYears: years(4),
  wacc: 0,
  allInPower: watts(2100),
  electricity: usdPerKilowattHour(0.066),
  opexPerYear: usdPerYear(0),
  availability: fraction(1),
};

it("a rack of $5M over 4 years costs $2.12 an hour, within 5 % of what InferenceX publishes for GB200", () => {
  const { total } = gpuHourCost(rack);
  expect(total).toBeCloseTo(5e6 / 72 / 4 / 8760 + 2.1 * 0.066, 12);
  expect(Math.abs(total / gpuHour("gb200").hyperscaler.value - 1)).toBeLessThan(0.05);
});

it("trap 10: a useful life of 3 or 6 years moves depreciation by a factor of 2", () => {
  const of = (lifeYears: number) => gpuHourCost({ ...rack, lifeYears: years(lifeYears) }).depreciation;
  expect(of(3) / of(6)).toBeCloseTo(2, 12);
});

it("what is left at the end of the life is not depreciated", () => {
  const { depreciation } = gpuHourCost({ ...rack, residual: usd(1e6 / 72) });
  expect(depreciation).toBeCloseTo(4e6 / 72 / 4 / 8760, 12);
});

const amount = fc.double({ min: 0, max: 1e5, noNaN: true });
const input = fc.record({
  capex: amount.map(usd),
  residual: fc.constant(usd(0)),
  lifeYears: fc.double({ min: 1, max: 10, noNaN: true }).map(years),
  wacc: fc.double({ min: 0, max: 0.5, noNaN: true }),
  allInPower: amount.map(watts),
  electricity: fc.double({ min: 0, max: 1, noNaN: true }).map(usdPerKilowattHour),
  opexPerYear: amount.map(usdPerYear),
  availability: fc.double({ min: 0.1, max: 1, noNaN: true }).map(fraction),
});

describe("an hour", () => {
  it("carries the year's operation, in fewer hours if some are lost", () => {
    const { operation } = gpuHourCost({ ...rack, opexPerYear: usdPerYear(4380), availability: fraction(0.5) });
    expect(operation).toBeCloseTo(1, 12);
  });

  it("is the sum of its parts", () => {
    fc.assert(
      fc.property(input, (hour) => {
        const { total, ...parts } = gpuHourCost(hour);
        expect(Object.values(parts).reduce((sum: number, part) => sum + part, 0)).toBeCloseTo(total, 9);
      }),
    );
  });

  it("costs more with capital cost, and less with availability and residual value", () => {
    fc.assert(
      fc.property(input, fc.double({ min: 0.1, max: 1, noNaN: true }), (hour, share) => {
        const { total } = gpuHourCost(hour);
        const slack = 1e-9 * (1 + total);
        expect(gpuHourCost({ ...hour, wacc: hour.wacc + 0.1 }).total).toBeGreaterThanOrEqual(total - slack);
        expect(
          gpuHourCost({ ...hour, availability: fraction(hour.availability * share) }).total,
        ).toBeGreaterThanOrEqual(total - slack);
        expect(gpuHourCost({ ...hour, residual: usd(hour.capex * share) }).total).toBeLessThanOrEqual(total + slack);
      }),
    );
  });

  it("pays capital back with interest: instalments discounted at the WACC are capex less the residual's present value", () => {
    const hour = { ...rack, residual: usd(10_000), wacc: 0.1, availability: fraction(0.9) };
    const { depreciation, capital } = gpuHourCost(hour);
    const instalment = (depreciation + capital) * 8760 * 0.9;
    const present = [1, 2, 3, 4].reduce((sum, year) => sum + instalment / 1.1 ** year, 0);
    expect(present).toBeCloseTo(hour.capex - 10_000 / 1.1 ** 4, 6);
  });
});

it.each<[string, Partial<GpuHourInput>]>([
  ["residual", { residual: usd(1e6) }],
  ["life", { lifeYears: years(0) }],
  ["WACC", { wacc: -0.1 }],
  ["availability", { availability: fraction(0) }],
  ["availability", { availability: 1.1 as Fraction }],
])("refuses a wrong %s", (what, change) => {
  expect(() => gpuHourCost({ ...rack, ...change })).toThrow(what);
});
