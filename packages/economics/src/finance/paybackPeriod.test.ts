import { expect, it } from "vitest";
import { paybackPeriod } from "./paybackPeriod.ts";

it.each([
  ["within the third year: 70 of 100 are missing after year two's 130", [-200, 60, 70, 100], 0, 2.7],
  ["to the period", [-100, 50, 50], 0, 2],
  ["never", [-100, 50, 49], 0, null],
  ["at once, with no outlay", [10, 10], 0, 0],
  ["after a second outlay", [-100, 150, -100, 100], 0, 2.5],
  ["discounted at 10 %: 121 in two years repay 100", [-100, 0, 121], 0.1, 2],
  ["discounted, the same flows may never do", [-100, 0, 120], 0.1, null],
  ["not before it is earned, however much comes later", [-10, 0, 0, 1e15], 0, 2],
])("%s", (_, flows, rate, expected) => {
  const payback = paybackPeriod(flows, rate);
  if (expected === null) expect(payback).toBeNull();
  else expect(payback).toBeCloseTo(expected, 9);
});

it.each([[[-10, Number.NaN, 1]], [[-10, Number.POSITIVE_INFINITY]], [[-1e308, -1e308, 1]]])("refuses %j", (flows) => {
  expect(() => paybackPeriod(flows)).toThrow(RangeError);
});

it("refuses flows that no number holds when they are discounted", () => {
  expect(() => paybackPeriod([-10, ...new Array(60).fill(0), 1], -0.9999999)).toThrow(RangeError);
});

it("refuses a rate of -1", () => {
  expect(() => paybackPeriod([1], -1)).toThrow(RangeError);
});
