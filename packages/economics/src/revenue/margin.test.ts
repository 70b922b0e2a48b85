import fc from "fast-check";
import { expect, it } from "vitest";
import { usd } from "../units.ts";
import { margin } from "./margin.ts";

it('trap 5: a provider\'s "545 % margin" is a mark-up on cost, and a gross margin of 84.5 %', () => {
  expect(margin(usd(645), usd(100))).toEqual({ profit: 545, gross: 545 / 645, markUp: 5.45 });
});

it("one profit: (1 - gross) (1 + mark-up) = 1", () => {
  const money = fc.double({ min: 1, max: 1e6, noNaN: true }).map(usd);
  fc.assert(
    fc.property(money, money, (revenue, cost) => {
      const { gross, markUp } = margin(revenue, cost);
      expect((1 - (gross ?? Number.NaN)) * (1 + (markUp ?? Number.NaN))).toBeCloseTo(1, 9);
    }),
  );
});

it.each([
  ["no revenue", usd(0), usd(2), { profit: -2, gross: null, markUp: -1 }],
  ["no cost", usd(2), usd(0), { profit: 2, gross: 1, markUp: null }],
  ["an unknown cost", usd(2), null, { profit: null, gross: null, markUp: null }],
])("%s", (_, revenue, cost, expected) => {
  expect(margin(revenue, cost)).toEqual(expected);
});
