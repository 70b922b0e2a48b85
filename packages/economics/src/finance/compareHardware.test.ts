import fc from "fast-check";
import { expect, it } from "vitest";
import { sourced } from "../quantities/testing/sourced.ts";
import {
  tokensPerSecond,
  type UsdPerHour,
  usdPerHour,
  usdPerKilowattHour,
  usdPerMillionTokens,
  type Watts,
  watts,
} from "../units.ts";
import { compareHardware, type HardwareOption } from "./compareHardware.ts";

const option = (
  name: string,
  year: number,
  each: number,
  hour: UsdPerHour | null,
  power: Watts | null,
): HardwareOption => ({
  name,
  year,
  tokensPerSecond: sourced(tokensPerSecond(each), "tok/s", { confidence: year > 2026 ? "assumed" : "published" }),
  hour: hour === null ? null : sourced(hour, "USD/h"),
  hourCovers: "all but electricity",
  power: power === null ? null : sourced(power, "W"),
});

// All-in watts and throughput at one operating point of H100 and B200 (InferenceMAX, 2025-10); hours and the rest assumed.
const options: HardwareOption[] = [
  option("H100", 2022, 1557, usdPerHour(2.35), watts(1730)),
  option("B200", 2024, 6076, usdPerHour(5.3), watts(2170)),
  option("Next", 2028, 60_000, usdPerHour(20), watts(5000)),
];
const site = {
  load: tokensPerSecond(100_000),
  electricity: usdPerKilowattHour(0.1),
  price: usdPerMillionTokens(1),
  year: 2026,
};

it("carries 100,000 tokens a second on whole machines, the cheapest token first", () => {
  const rows = compareHardware(options, site);
  expect(rows.map(({ name, accelerators }) => [name, accelerators])).toEqual([
    ["Next", 2],
    ["B200", 17],
    ["H100", 65],
  ]);
  const [, b200] = rows;
  const hour = 17 * 5.3 + 17 * 2.17 * 0.1;
  expect(b200?.cost).toBeCloseTo((hour / (100_000 * 3600)) * 1e6, 9);
  expect(b200?.tokensPerJoule).toBeCloseTo(100_000 / (17 * 2170), 9);
  expect(b200?.utilisation).toBeCloseTo(100_000 / (17 * 6076), 12);
});

it("an hour that covers electricity does not pay for it twice, even where power is unknown", () => {
  const rented = options.map((one) => ({ ...one, hourCovers: "all", power: null }) as const);
  const [, b200] = compareHardware(rented, site);
  expect(b200?.cost).toBeCloseTo(((17 * 5.3) / (100_000 * 3600)) * 1e6, 9);
  expect(b200).toMatchObject({ tokensPerJoule: null, findings: [{ code: "UNKNOWN_FIGURES" }] });
});

it("says of what is not for sale yet that it is not, and of what was not measured, too", () => {
  const codes = compareHardware(options, site).map(({ name, findings }) => [name, findings.map(({ code }) => code)]);
  expect(Object.fromEntries(codes)).toEqual({ Next: ["NOT_YET_AVAILABLE", "ASSUMED_THROUGHPUT"], B200: [], H100: [] });
});

it("what is unknown of an option is unknown of its row, which comes last, by name", () => {
  const unknown = ["Z", "Y"].map((name) => ({ ...option(name, 2026, 1, null, null), tokensPerSecond: null }));
  const rows = compareHardware([...unknown, ...options], site);
  expect(rows.map(({ name }) => name)).toEqual(["Next", "B200", "H100", "Y", "Z"]);
  expect(rows[4]).toMatchObject({ accelerators: null, utilisation: null, power: null, cost: null, confidence: null });
  expect(rows[4]?.findings[0]?.message).toContain("throughput, hour, power of Z");
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

it("refuses no load and a machine that makes nothing", () => {
  expect(() => compareHardware(options, { ...site, load: tokensPerSecond(0) })).toThrow(RangeError);
  const idle = options.map((one) => ({ ...one, tokensPerSecond: sourced(tokensPerSecond(0), "tok/s") }));
  expect(() => compareHardware(idle, site)).toThrow(RangeError);
});
