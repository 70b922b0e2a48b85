import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cornersOf } from "./cornersOf.ts";
import type { Estimate } from "./Estimate.ts";
import { resultOf } from "./resultOf.ts";
import { sourced } from "./testing/sourced.ts";

it.each<[string, number | bigint, readonly [number | bigint, number | bigint]]>([
  ["below it", 1, [2, 3]],
  ["above it", 4, [2, 3]],
  ["between ends that are exchanged", 2.5, [3, 2]],
  ["above it, in whole tokens", 4n, [2n, 3n]],
  ["not a number", Number.NaN, [2, 3]],
])("a range is refused if its value is %s", (_, value, range) => {
  expect(() => cornersOf({ a: sourced(value, "1", { range }) })).toThrow("a of ");
});

it.each([2, 2.5, 3, null])("a range of 2 to 3 may have a value of %s", (value) => {
  expect(cornersOf({ a: sourced<number | null>(value, "1", { range: [2, 3] }) })).toEqual([{ a: 2 }, { a: 3 }]);
});

describe("ranges of a result", () => {
  const quotient = resultOf(
    (of: { readonly a: number; readonly b: number; readonly c: number }) => (of.a * of.b) / of.c,
    "1",
    { a: "1", b: "1", c: "1" },
  );
  const interval = fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 })).map(([low, width]) => ({
    value: low + width / 2,
    range: [low, low + width] as const,
  }));

  it("of inputs bound the figure: what rises with an input and what falls with it", () => {
    fc.assert(
      fc.property(interval, interval, interval, (a, b, c) => {
        const of = (input: typeof a) => sourced(input.value, "1", { range: input.range });
        const { value, range } = quotient({ a: of(a), b: of(b), c: of(c) });
        expect(range).toEqual([(a.range[0] * b.range[0]) / c.range[1], (a.range[1] * b.range[1]) / c.range[0]]);
        expect(value).toBe((a.value * b.value) / c.value);
      }),
    );
  });

  /** a x b, or unknown if that is above 100. */
  const product = resultOf(
    ({ a, b }: { readonly a: number; readonly b: number }) => (a * b > 100 ? null : a * b),
    "1",
    { a: "1", b: "1" },
  );

  it("are there only if an input has one", () => {
    expect(product({ a: sourced(2, "1"), b: sourced(3, "1") })).not.toHaveProperty("range");
    expect(product({ a: sourced(2, "1", { range: [1, 4] }), b: sourced(3, "1") }).range).toEqual([3, 12]);
  });

  it("within which the figure is unknown somewhere give none, and a finding", () => {
    const open = product({ a: sourced(2, "1", { range: [1, 50] }), b: sourced(3, "1") });
    expect(open).toMatchObject({ value: 6, findings: [{ code: "RANGE_UNKNOWN" }] });
    expect(open).not.toHaveProperty("range");
  });

  it("include an estimate's own interval", () => {
    const about = resultOf(
      ({ a }: { readonly a: number }): Estimate<number> => ({
        value: a,
        interval: [a - 1, a + 1],
        extrapolated: true,
        findings: [{ code: "EXTRAPOLATED", severity: "warning", message: "Far out." }],
      }),
      "1",
      { a: "1" },
    );
    expect(about({ a: sourced(5, "1") })).toMatchObject({
      value: 5,
      range: [4, 6],
      findings: [{ code: "EXTRAPOLATED" }],
    });
    expect(about({ a: sourced(5, "1", { range: [3, 9] }) })).toMatchObject({ value: 5, range: [2, 10] });
  });

  it("of more than ten inputs are for a simulation", () => {
    const units = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`x${i}`, "1"]));
    const sum = resultOf((of: Readonly<Record<string, number>>) => Object.values(of).length, "1", units);
    const ranged = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`x${i}`, sourced(1, "1", { range: [0, 2] })]));
    expect(sum(ranged(10)).range).toEqual([10, 10]);
    expect(() => sum(ranged(11))).toThrow("simulate");
  });
});
