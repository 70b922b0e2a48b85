import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal, decimalOf } from "./decimal.ts";

describe("decimal", () => {
  it.each([
    [0n, 6, "0"],
    [1n, 6, "0.000001"],
    [1_500_000n, 6, "1.5"],
    [-1_500n, 3, "-1.5"],
    [1_234n, 0, "1234"],
    [2n ** 95n, 6, "39614081257132168796771.975168"],
  ])("%s with %i places is %s", (raw, decimals, text) => expect(decimal(raw, decimals)).toBe(text));

  it("loses nothing", () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: 0, max: 24 }), (raw, decimals) => {
        const [whole = "", fraction = ""] = decimal(raw, decimals).split(".");
        expect(BigInt(whole + fraction.padEnd(decimals, "0"))).toBe(raw);
      }),
    );
  });
});

describe("decimalOf", () => {
  it.each([
    [null, null],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
    [0, "0"],
    [-0, "0"],
    [0.1, "0.1"],
    [1e-7, "0.0000001"],
    [-0.25, "-0.25"],
    [100, "100"],
    [1e22, "10000000000000000000000"],
  ])("%s is %s", (value, text) => expect(decimalOf(value)).toBe(text));
});
