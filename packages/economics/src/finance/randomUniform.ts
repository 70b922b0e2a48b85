import type { PlainNumber } from "../units.ts";
/**
 * Threefry 2x32 with 20 rounds (Salmon, Moraes, Dror and Shaw, SC 2011), a counter-based generator: a number is a function
 * of where it stands, not of those drawn before, so that runs may be made in any order and in any language. Random123 and
 * JAX have the same one. It only adds, rotates and xors words of 32 bits.
 *
 *   key     = [seed, FNV-1a hash of the stream's name in UTF-8]
 *   counter = [index, 0]
 *   uniform = ((word0 >> 6) x 2^26 + (word1 >> 6) + 1/2) / 2^52: strictly between 0 and 1
 *
 * A stream has the name of its variable: adding a variable moves no other's numbers, and two scenarios with one seed
 * are compared on the same luck.
 */
export function randomUniform({ seed, id }: RandomStream, index: PlainNumber): number {
  // Scalars, not arrays: this is the inner loop of every simulation.
  let key0 = id;
  let key1 = PARITY ^ seed ^ id;
  let key2 = seed;
  let x0 = (index + seed) | 0;
  let x1 = id;
  for (let group = 1; group <= 5; group += 1) {
    const even = group % 2 === 0;
    x0 = (x0 + x1) | 0;
    x1 = x0 ^ rotate(x1, even ? 17 : 13);
    x0 = (x0 + x1) | 0;
    x1 = x0 ^ rotate(x1, even ? 29 : 15);
    x0 = (x0 + x1) | 0;
    x1 = x0 ^ rotate(x1, even ? 16 : 26);
    x0 = (x0 + x1) | 0;
    x1 = x0 ^ rotate(x1, even ? 24 : 6);
    x0 = (x0 + key0) | 0;
    x1 = (x1 + key1 + group) | 0;
    const first = key0;
    key0 = key1;
    key1 = key2;
    key2 = first;
  }
  return ((x0 >>> 6) * 67_108_864 + (x1 >>> 6) + 0.5) / 4_503_599_627_370_496;
}

const PARITY = 0x1bd11bda;

const rotate = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

export type RandomStream = { readonly seed: PlainNumber; readonly id: PlainNumber };

/** The stream of a variable. Throws `RangeError` for a seed that is not a whole number from 0 to 2^32 - 1. */
export function randomStream(seed: PlainNumber, name: string): RandomStream {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new RangeError(`a seed must be a whole number from 0 to 2^32 - 1, got ${seed}`);
  }
  let id = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) id = Math.imul(id ^ byte, 0x01000193);
  return { seed: seed | 0, id: id | 0 };
}
