import { expect, it } from "vitest";
import { revenuePerWattHour } from "./revenuePerWattHour.ts";
import { joules, usd } from "./units.ts";

it("sets revenue beside the price of electricity", () => {
  // $36 for one kilowatt-hour are 3.6 cents for a watt-hour.
  expect(revenuePerWattHour(usd(36), joules(3.6e6))).toBeCloseTo(0.036, 12);
  expect(revenuePerWattHour(usd(0), joules(1))).toBe(0);
});

it("is unknown when either is, and without energy", () => {
  expect(revenuePerWattHour(null, joules(1))).toBeNull();
  expect(revenuePerWattHour(usd(1), null)).toBeNull();
  expect(revenuePerWattHour(usd(1), joules(0))).toBeNull();
});
