import { expect, it } from "vitest";
import { METERS } from "./meters.ts";
import { rateCard } from "./RateCard.ts";

it("gives every meter a weight, in the order that the card is hashed in", () => {
  const card = rateCard({ output: 1_000_000n, input: 250_000n });
  expect(Object.keys(card)).toEqual([...METERS]);
  expect(card).toMatchObject({ input: 250_000n, output: 1_000_000n, cachedInput: 0n, spare2: 0n });
});

it("takes weights from 0 to 2^64 - 1 and known meters only", () => {
  expect(rateCard({ seat: 2n ** 64n - 1n }).seat).toBe(2n ** 64n - 1n);
  expect(() => rateCard({ seat: 2n ** 64n })).toThrow(RangeError);
  expect(() => rateCard({ seat: -1n })).toThrow(RangeError);
  expect(() => rateCard({ seat: 1 } as never)).toThrow(RangeError);
  expect(() => rateCard({ tokens: 1n } as never)).toThrow(RangeError);
});
