import fc from "fast-check";
import { expect, it } from "vitest";
import cases from "../vectors/releasedRevenue.json" with { type: "json" };
import { purchaseCost } from "./purchaseCost.ts";
import { redemptionValue } from "./redemptionValue.ts";
import { releasedRevenue } from "./releasedRevenue.ts";
import { millicredits, pricePerMillion } from "./units.ts";

it.each(cases)("$name", ({ consumed, pricePerMillion: price, released }) => {
  expect(releasedRevenue(millicredits(BigInt(consumed)), pricePerMillion(BigInt(price)))).toBe(BigInt(released));
});

const uint48 = fc.bigInt(0n, 2n ** 48n - 1n).map(millicredits);
const uint64 = fc.bigInt(0n, 2n ** 64n - 1n).map(pricePerMillion);

it("never releases and redeems more than was paid, with at most one unit of dust per action and one per offering", () => {
  fc.assert(
    fc.property(
      fc.array(uint48, { minLength: 1, maxLength: 6 }),
      fc.array(fc.nat(1000)),
      uint64,
      (bought, parts, price) => {
        const paid = bought.reduce((sum, credits) => sum + purchaseCost(credits, price), 0n);
        let left = bought.reduce((sum, credits) => sum + credits, 0n);
        let refunded = 0n;
        for (const permille of parts) {
          const credits = (left * BigInt(permille)) / 1000n;
          refunded += redemptionValue(millicredits(credits), price);
          left -= credits;
        }
        const dust = paid - refunded - releasedRevenue(millicredits(left), price);
        expect(dust).toBeGreaterThanOrEqual(0n);
        expect(dust).toBeLessThanOrEqual(BigInt(bought.length + parts.length + 1));
      },
    ),
  );
});
