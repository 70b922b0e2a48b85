import { expect, it } from "vitest";
import { joules } from "../units.ts";
import type { Boundary } from "./Boundary.ts";
import { energyAtFacility } from "./energyAtFacility.ts";

it.each<[string, Boundary | null, { server: number | null; pue: number | null }, number | null]>([
  ["GPU energy is the servers' first, and the building's then", "gpu", { server: 1.5, pue: 1.2 }, 1800],
  ["trap 7: PUE alone makes nothing of GPU energy", "gpu", { server: null, pue: 1.2 }, null],
  ["nor do the servers alone", "gpu", { server: 1.5, pue: null }, null],
  ["IT energy has its servers in it", "it", { server: 1.5, pue: 1.2 }, 1200],
  ["IT energy needs a PUE", "it", { server: 1.5, pue: null }, null],
  ["facility energy has all in it", "facility", { server: 1.5, pue: 1.2 }, 1000],
  ["and so has what the utility provisions", "all-in", { server: null, pue: null }, 1000],
  ["energy of an unstated boundary is nobody's", null, { server: 1.5, pue: 1.2 }, null],
])("%s", (_, boundary, overheads, expected) => {
  expect(energyAtFacility(joules(1000), boundary, overheads)).toBe(expected);
  expect(energyAtFacility(null, boundary, overheads)).toBeNull();
});

it.each([
  { server: 0.9, pue: 1.2 },
  { server: 1.5, pue: 0.9 },
  { server: Number.NaN, pue: 1.2 },
])("refuses %o: nobody draws less than what is inside", (overheads) => {
  for (const boundary of ["gpu", "it", "facility", "all-in", null] as const) {
    expect(() => energyAtFacility(joules(1), boundary, overheads)).toThrow(RangeError);
    expect(() => energyAtFacility(null, boundary, overheads)).toThrow(RangeError);
  }
});

it("refuses a boundary that nobody knows", () => {
  expect(() => energyAtFacility(joules(1), "rack" as Boundary, { server: 1, pue: 1 })).toThrow("rack");
});
