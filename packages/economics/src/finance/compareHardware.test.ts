import fc from "fast-check";
import { expect, it } from "vitest";
import { tokensPerSecond, usdPerHour, usdPerKilowattHour, usdPerMillionTokens, watts } from "../units.ts";
import { compareHardware, type HardwareOption } from "./compareHardware.ts";

// All-in watts and throughput at one operating point of H100 and B200 (InferenceMAX, 2025-10); hours and the rest assumed.
const options: HardwareOption[] = [
  { name: "H100", year: 2022, tokensPerSecond: tokensPerSecond(1557), hour: usdPerHour(2.35), power: watts(1730) },
  { name: "B200", year: 2024, tokensPerSecond: tokensPerSecond(6076), hour: usdPerHour(5.3), power: watts(2170) },
  { name: "Feynman", year: 2028, tokensPerSecond: tokensPerSecond(60_000), hour: usdPerHour(20), power: watts(5000) },
];
const site = {
  load: tokensPerSecond(100_000),
  pue: 1.2,
  electricity: usdPerKilowattHour(0.1),
  price: usdPerMillionTokens(1),
  year: 2026,
};

it("carries 100,000 tokens a second on whole machines, the cheapest token first", () => {
  const rows = compareHardware(options, site);
  expect(rows.map(({ name, accelerators }) => [name, accelerators])).toEqual([
    ["Feynman", 2],
    ["B200", 17],
    ["H100", 65],
  ]);
  const [, b200] = rows;
  const hour = 17 * 5.3 + 17 * 2.17 * 1.2 * 0.1;
  expect(b200?.cost).toBeCloseTo((hour / (100_000 * 3600)) * 1e6, 9);
  expect(b200?.tokensPerJoule).toBeCloseTo(100_000 / (17 * 2170 * 1.2), 9);
  expect(b200?.utilisation).toBeCloseTo(100_000 / (17 * 6076), 12);
});

it("says of what is not for sale yet that it is not", () => {
  const codes = compareHardware(options, site).map(({ name, findings }) => [name, findings.map(({ code }) => code)]);
  expect(Object.fromEntries(codes)).toEqual({ Feynman: ["NOT_YET_AVAILABLE"], B200: [], H100: [] });
});

it("R4: a small load may be cheaper on the smaller machine", () => {
  const [cheapest] = compareHardware(options, { ...site, load: tokensPerSecond(1500) });
  expect(cheapest?.name).toBe("H100");
});

it("does not depend on the order of options", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(options, { minLength: 3 }), (shuffled) => {
      expect(compareHardware(shuffled, site)).toEqual(compareHardware(options, site));
    }),
  );
});

it("refuses no load, a PUE below 1 and a machine that makes nothing", () => {
  expect(() => compareHardware(options, { ...site, load: tokensPerSecond(0) })).toThrow(RangeError);
  expect(() => compareHardware(options, { ...site, pue: 0.9 })).toThrow(RangeError);
  const idle = options.map((option) => ({ ...option, tokensPerSecond: tokensPerSecond(0) }));
  expect(() => compareHardware(idle, site)).toThrow(RangeError);
});
