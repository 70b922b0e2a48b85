import fc from "fast-check";
import { expect, it } from "vitest";
import cases from "../vectors/splitRevenue.json" with { type: "json" };
import { splitRevenue } from "./splitRevenue.ts";
import { baseUnits, bps } from "./units.ts";

it.each(cases)("$name", ({ released, holdersBps, treasuryBps, holders, treasury, operator }) => {
  const split = { holdersBps: bps(BigInt(holdersBps)), treasuryBps: bps(BigInt(treasuryBps)) };
  expect(splitRevenue(baseUnits(BigInt(released)), split)).toEqual({
    holders: BigInt(holders),
    treasury: BigInt(treasury),
    operator: BigInt(operator),
  });
});

const anySplit = fc
  .bigInt(0n, 10_000n)
  .chain((holders) =>
    fc.record({ holdersBps: fc.constant(bps(holders)), treasuryBps: fc.bigInt(0n, 10_000n - holders).map(bps) }),
  );
const revenue = fc.oneof(fc.bigInt(0n, 100_000n), fc.bigInt(0n, 2n ** 95n - 1n)).map(baseUnits);

it("C25: a revenue share loses and invents nothing: the parts sum to the revenue", () => {
  fc.assert(
    fc.property(revenue, anySplit, (released, split) => {
      const { holders, treasury, operator } = splitRevenue(released, split);
      expect(holders + treasury + operator).toBe(released);
    }),
  );
});

it("never takes back what it gave: each part grows with the released revenue", () => {
  fc.assert(
    fc.property(revenue, fc.bigInt(0n, 3n), anySplit, (released, more, split) => {
      const before = splitRevenue(released, split);
      const after = splitRevenue(baseUnits(released + more), split);
      for (const part of ["holders", "treasury", "operator"] as const) {
        expect(after[part]).toBeGreaterThanOrEqual(before[part]);
      }
    }),
  );
});

it("gives each part its basis points to within one base unit", () => {
  fc.assert(
    fc.property(revenue, anySplit, (released, split) => {
      const { holders, treasury } = splitRevenue(released, split);
      expect(holders).toBe((released * split.holdersBps) / 10_000n);
      const error = treasury * 10_000n - released * split.treasuryBps;
      expect(error).toBeGreaterThan(-10_000n);
      expect(error).toBeLessThan(10_000n);
    }),
  );
});

it("refuses a split of more than everything", () => {
  expect(() => splitRevenue(baseUnits(1n), { holdersBps: bps(9000n), treasuryBps: bps(1001n) })).toThrow(RangeError);
});
