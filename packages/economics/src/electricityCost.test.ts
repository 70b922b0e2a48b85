import { expect, it } from "vitest";
import { electricityCost } from "./electricityCost.ts";
import { energyUsed } from "./energyUsed.ts";
import { facilityEnergy } from "./facilityEnergy.ts";
import { joules, seconds, usdPerKilowattHour, watts } from "./units.ts";

it("bills a kilowatt for an hour as one kilowatt-hour", () => {
  const energy = energyUsed(watts(1000), seconds(3600));
  expect(energy).toBe(3.6e6);
  expect(electricityCost(energy, usdPerKilowattHour(0.066))).toBeCloseTo(0.066, 12);
});

it("bills what the facility drew, cooling included", () => {
  expect(electricityCost(facilityEnergy(joules(3.6e6), 1.25), usdPerKilowattHour(0.08))).toBeCloseTo(0.1, 12);
});

it.each([0.99, 0, Number.NaN, Number.POSITIVE_INFINITY])("refuses a PUE of %d", (pue) => {
  expect(() => facilityEnergy(joules(1), pue)).toThrow(RangeError);
});
