import { expect, it } from "vitest";
import { netPresentValue } from "../finance/netPresentValue.ts";
import { usdPerHour, years } from "../units.ts";
import { megawattCapital } from "./megawattCapital.ts";

it("R5: a megawatt is worth what its hours bring, discounted", () => {
  const year = 500 * 8760;
  expect(megawattCapital(usdPerHour(500), 0.1, years(4))).toBeCloseTo(
    netPresentValue(0.1, [0, year, year, year, year]),
    3,
  );
});
