/**
 * Philox 4x32 with 10 rounds (Salmon, Moraes, Dror and Shaw, SC 2011), a counter-based generator: a number is a function
 * of where it stands, not of those drawn before, so that runs may be made in any order and in any language. C++26, cuRAND
 * and Random123 have the same one.
 *
 *   key     = [seed, FNV-1a hash of the stream's name in UTF-8], 32 bits each
 *   counter = [index, 0, 0, 0]
 *   uniform = ((word0 >> 6) x 2^26 + (word1 >> 6) + 1/2) / 2^52: strictly between 0 and 1
 *
 * A stream has the name of its variable: adding a variable moves no other's numbers, and two scenarios with one seed
 * are compared on the same luck.
 */
export function randomUniform(stream: RandomStream, index: number): number {
  // Scalars, not arrays: this is the inner loop of every simulation.
  let c0 = index >>> 0;
  let c1 = 0;
  let c2 = 0;
  let c3 = 0;
  let k0 = stream.seed;
  let k1 = stream.id;
  for (let round = 0; round < 10; round += 1) {
    const high0 = multiplyHigh(0xd2511f53, c0);
    const low0 = Math.imul(0xd2511f53, c0);
    const high1 = multiplyHigh(0xcd9e8d57, c2);
    const low1 = Math.imul(0xcd9e8d57, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  return ((c0 >>> 6) * 67_108_864 + (c1 >>> 6) + 0.5) / 4_503_599_627_370_496;
}

export type RandomStream = { readonly seed: number; readonly id: number };

/** The stream of a variable. Throws `RangeError` for a seed that is not a whole number from 0 to 2^32 - 1. */
export function randomStream(seed: number, name: string): RandomStream {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new RangeError(`a seed must be a whole number from 0 to 2^32 - 1, got ${seed}`);
  }
  let id = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) id = Math.imul(id ^ byte, 0x01000193);
  return { seed: seed | 0, id: id | 0 };
}

/** The upper 32 of the 64 bits of a product of two 32-bit words. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + (middle >>> 16) + (carry >>> 16)) | 0;
}
