import fc from "fast-check";
import { expect, it } from "vitest";
import { splitRevenue } from "../splitRevenue.ts";
import { toUsd } from "../toUsd.ts";
import { baseUnits, bps, usd } from "../units.ts";
import { revenueClaim } from "./revenueClaim.ts";

it("C25: a tenth of $1000 now, in a year and in two, at 25 % a year", () => {
  expect(revenueClaim([usd(1000), usd(1000), usd(1000)], bps(1000n), 0.25)).toBeCloseTo(100 + 80 + 64, 9);
});

it("C25: the parts of a split sum to the revenue exactly, and their claims to its value", () => {
  const share = fc.integer({ min: 0, max: 10_000 });
  const amounts = fc.array(fc.bigInt(0n, 10n ** 15n).map(baseUnits), { minLength: 1, maxLength: 24 });
  fc.assert(
    fc.property(amounts, share, share, (released, a, b) => {
      const holdersBps = bps(BigInt(Math.min(a, b)));
      const treasuryBps = bps(BigInt(Math.max(a, b)) - holdersBps);
      for (const amount of released) {
        const { holders, treasury, operator } = splitRevenue(amount, { holdersBps, treasuryBps });
        expect(holders + treasury + operator).toBe(amount);
      }
      const revenue = released.map((amount) => toUsd(amount, 6));
      const operatorBps = bps(10_000n - holdersBps - treasuryBps);
      const claims = [holdersBps, treasuryBps, operatorBps].map((part) => revenueClaim(revenue, part, 0.01));
      const whole = revenueClaim(revenue, bps(10_000n), 0.01);
      expect(claims.reduce((sum, claim) => sum + claim, 0) / (whole || 1)).toBeCloseTo(whole === 0 ? 0 : 1, 9);
    }),
  );
});
