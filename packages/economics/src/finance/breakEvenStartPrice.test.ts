import fc from "fast-check";
import { expect, it } from "vitest";
import { tokensPerSecond, usdPerKilowattHour, usdPerMillionTokens, usdPerYear } from "../units.ts";
import { breakEvenStartPrice } from "./breakEvenStartPrice.ts";
import { exampleScenario as factory } from "./exampleScenario.ts";
import { project } from "./project.ts";

const cents = fc.integer({ min: 0, max: 1000 }).map((price) => usdPerMillionTokens(price / 100));

it("is the price at which the investment is worth nothing, whatever is asked now, even nothing", () => {
  const fall = fc.double({ min: 1 / 900, max: 2, noNaN: true });
  fc.assert(
    fc.property(cents, fall, (price, priceFactorPerYear) => {
      const scenario = { ...factory, price, priceFactorPerYear };
      const needed = breakEvenStartPrice(scenario) ?? Number.NaN;
      expect(project({ ...scenario, price: usdPerMillionTokens(needed) }).netPresentValue).toBeCloseTo(0, 3);
      expect(needed).toBe(breakEvenStartPrice({ ...scenario, price: factory.price }));
    }),
  );
});

it("is unknown if nothing is sold", () => {
  expect(breakEvenStartPrice({ ...factory, demand: tokensPerSecond(0) })).toBeNull();
});

it("is 0 if nothing is lost, however it was paid", () => {
  const free = { ...factory, electricity: usdPerKilowattHour(0), opexPerYear: usdPerYear(0), discountRate: 0 };
  const kept = { ...free, residual: free.capex };
  fc.assert(
    fc.property(cents, fc.integer({ min: 1, max: 60 }), (price, parts) => {
      const capexSchedule = Array.from({ length: parts }, () => 1 / parts);
      expect(breakEvenStartPrice({ ...kept, price, capexSchedule })).toBe(0);
    }),
  );
});
