import { type Hex, toHex } from "viem";

/**
 * Random choices that a seed repeats exactly: mulberry32, whose 32 bits of state run through all 2^32 values. Good enough
 * to choose operations, useless for keys.
 */
export class RandomSource {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 <= x < 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let x = this.#state;
    x = Math.imul(x ^ (x >>> 15), x | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** An integer, both ends included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** From 0 to `high`, both included; finely enough for amounts below 2^53. */
  upTo(high: bigint): bigint {
    return (high * BigInt(Math.floor(this.next() * 2 ** 32))) / (2n ** 32n - 1n);
  }

  pick<T>(list: readonly T[]): T {
    const item = list[this.between(0, list.length - 1)];
    if (item === undefined) throw new RangeError("nothing to pick from");
    return item;
  }

  /** In proportion to the weights. */
  weighted<T extends { readonly weight: number }>(list: readonly T[]): T {
    let left = this.next() * list.reduce((sum, { weight }) => sum + weight, 0);
    for (const item of list) {
      left -= item.weight;
      if (left < 0) return item;
    }
    return this.pick(list);
  }

  bytes32(): Hex {
    return toHex(BigInt(Math.floor(this.next() * 2 ** 32)), { size: 32 });
  }
}
