import fc from "fast-check";
import { expect, it } from "vitest";
import { randomStream, randomUniform } from "./randomUniform.ts";

const MASK = 0xffffffffn;

/** The generator as its paper states it, in whole numbers. */
function philox(counter: readonly bigint[], key: readonly bigint[]): bigint[] {
  let [c0 = 0n, c1 = 0n, c2 = 0n, c3 = 0n] = counter;
  let [k0 = 0n, k1 = 0n] = key;
  for (let round = 0; round < 10; round++) {
    const product0 = 0xd2511f53n * c0;
    const product1 = 0xcd9e8d57n * c2;
    [c0, c1, c2, c3] = [(product1 >> 32n) ^ c1 ^ k0, product1 & MASK, (product0 >> 32n) ^ c3 ^ k1, product0 & MASK];
    [k0, k1] = [(k0 + 0x9e3779b9n) & MASK, (k1 + 0xbb67ae85n) & MASK];
  }
  return [c0, c1, c2, c3];
}

const uniform = ([word0 = 0n, word1 = 0n]: bigint[]) =>
  (Number((word0 >> 6n) * 2n ** 26n + (word1 >> 6n)) + 0.5) / 2 ** 52;

// The known answers of Random123.
it.each([
  [
    [0n, 0n, 0n, 0n],
    [0n, 0n],
    [0x6627e8d5n, 0xe169c58dn, 0xbc57ac4cn, 0x9b00dbd8n],
  ],
  [
    [MASK, MASK, MASK, MASK],
    [MASK, MASK],
    [0x408f276dn, 0x41c83b0en, 0xa20bc7c6n, 0x6d5451fdn],
  ],
  [
    [0x243f6a88n, 0x85a308d3n, 0x13198a2en, 0x03707344n],
    [0xa4093822n, 0x299f31d0n],
    [0xd16cfe09n, 0x94fdccebn, 0x5001e420n, 0x24126ea1n],
  ],
])("the test's own Philox gives the published answer for %s", (counter, key, words) => {
  expect(philox(counter, key)).toEqual(words);
});

it("is Philox 4x32-10 for every seed, stream and index", () => {
  const word = fc.integer({ min: 0, max: 0xffffffff });
  fc.assert(
    fc.property(word, word, word, (seed, id, index) => {
      const words = philox([BigInt(index), 0n, 0n, 0n], [BigInt(seed), BigInt(id)]);
      expect(randomUniform({ seed, id }, index)).toBe(uniform(words));
    }),
    { numRuns: 500 },
  );
});

it("names streams by FNV-1a", () => {
  // The published hash of "foobar" is bf9cf968.
  expect(randomStream(7, "foobar")).toEqual({ seed: 7, id: 0xbf9cf968 | 0 });
});

it("fills the unit interval evenly, each tenth within five standard errors", () => {
  const stream = randomStream(1, "price");
  const tenths = new Array<number>(10).fill(0);
  for (let index = 0; index < 100_000; index++) {
    const tenth = Math.floor(randomUniform(stream, index) * 10);
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(10_000 * 0.9));
});

it.each([-1, 0.5, 2 ** 32, Number.NaN])("refuses the seed %d", (seed) => {
  expect(() => randomStream(seed, "x")).toThrow(RangeError);
});
