import type { Hex } from "viem";
import type { Books } from "../books/Books.ts";
import type { Act } from "./Act.ts";

/** A transaction of the test's own. */
export interface Deed {
  readonly act: Act;
  readonly signed: Hex;
}

interface Entry {
  readonly block: bigint;
  /** `null` for a settlement that the settler sent. */
  readonly deed: Deed | null;
  /** Puts the books back to as they were after this block. */
  restore(): void;
}

/** What was mined, block by block, and the books after each: so the test knows by itself what a reorg takes back. */
export class Chronicle {
  readonly #books: Books;
  readonly #start: Entry;
  #entries: Entry[] = [];
  #head: bigint;

  constructor(books: Books, start: bigint) {
    this.#books = books;
    this.#start = { block: start, deed: null, restore: books.save() };
    this.#head = start;
  }

  /** No reorg goes below it. */
  get start(): bigint {
    return this.#start.block;
  }

  /** Up to here, all that was mined is in the books. */
  get head(): bigint {
    return this.#head;
  }

  /** The books are now as after this block. */
  record(block: bigint, deed: Deed | null): void {
    if (block <= this.#head) throw new Error(`block ${block} is written down after block ${this.#head}`);
    this.#entries.push({ block, deed, restore: this.#books.save() });
    this.#head = block;
  }

  /** There is nothing in blocks up to this one that is not in the books. */
  pass(block: bigint): void {
    if (block > this.#head) this.#head = block;
  }

  /** Puts the books back to that block; gives the test's transactions above it in their order, and counts the settler's. */
  rewind(to: bigint): { readonly deeds: readonly Deed[]; readonly settlements: number } {
    const kept = this.#entries.filter(({ block }) => block <= to);
    const dropped = this.#entries.slice(kept.length);
    this.#entries = kept;
    this.#last(to).restore();
    this.#head = to;
    const deeds = dropped.flatMap(({ deed }) => (deed === null ? [] : [deed]));
    return { deeds, settlements: dropped.length - deeds.length };
  }

  /** Reads the books as they were after that block. What gateways count is always as of now. */
  asOf<T>(block: bigint, read: () => T): T {
    const back = this.#books.save();
    this.#last(block).restore();
    try {
      return read();
    } finally {
      back();
    }
  }

  #last(to: bigint): Entry {
    return this.#entries.findLast(({ block }) => block <= to) ?? this.#start;
  }
}
