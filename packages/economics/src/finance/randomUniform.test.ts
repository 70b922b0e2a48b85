import fc from "fast-check";
import { expect, it } from "vitest";
import { randomStream, randomUniform } from "./randomUniform.ts";

const MASK = 0xffffffffn;
const ROTATIONS = [13n, 15n, 26n, 6n, 17n, 29n, 16n, 24n] as const;

/** The generator as its paper states it, in whole numbers. */
function threefry(counter: readonly bigint[], [k0 = 0n, k1 = 0n]: readonly bigint[]): bigint[] {
  const key = [k0, k1, 0x1bd11bdan ^ k0 ^ k1];
  const word = (n: number) => key[n % 3] as bigint;
  const [c0 = 0n, c1 = 0n] = counter;
  let [x0, x1] = [(c0 + k0) & MASK, (c1 + k1) & MASK];
  for (let round = 0; round < 20; round++) {
    const bits = ROTATIONS[round % 8] as bigint;
    x0 = (x0 + x1) & MASK;
    x1 = (((x1 << bits) | (x1 >> (32n - bits))) & MASK) ^ x0;
    const injection = (round + 1) / 4;
    if (Number.isInteger(injection)) {
      x0 = (x0 + word(injection)) & MASK;
      x1 = (x1 + word(injection + 1) + BigInt(injection)) & MASK;
    }
  }
  return [x0, x1];
}

const uniform = ([word0 = 0n, word1 = 0n]: bigint[]) =>
  (Number((word0 >> 6n) * 2n ** 26n + (word1 >> 6n)) + 0.5) / 2 ** 52;

// The known answers of Random123.
it.each([
  [
    [0n, 0n],
    [0n, 0n],
    [0x6b200159n, 0x99ba4efen],
  ],
  [
    [MASK, MASK],
    [MASK, MASK],
    [0x1cb996fcn, 0xbb002be7n],
  ],
  [
    [0x243f6a88n, 0x85a308d3n],
    [0x13198a2en, 0x03707344n],
    [0xc4923a9cn, 0x483df7a0n],
  ],
])("the test's own Threefry gives the published answer for %s", (counter, key, words) => {
  expect(threefry(counter, key)).toEqual(words);
});

it("is Threefry 2x32-20 for every seed, stream and index", () => {
  const word = fc.integer({ min: 0, max: 0xffffffff });
  fc.assert(
    fc.property(word, word, word, (seed, id, index) => {
      const words = threefry([BigInt(index), 0n], [BigInt(seed), BigInt(id)]);
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
