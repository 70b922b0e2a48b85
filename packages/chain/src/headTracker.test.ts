import type { Header } from "@joulemint/ledger/chain/recentHeaders";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type HeadTracker, headTracker } from "./headTracker.ts";

/** A header of a branch; branches part after block 5. */
function header(number: number, branch = "a"): Header {
  const hash = (n: number): `0x${string}` => `0x${n > 5 ? branch : ""}${n}`;
  return { number: BigInt(number), hash: hash(number), parentHash: hash(number - 1) };
}

describe("headTracker", () => {
  // As a ledger remembers them: block 6 was passed without a row.
  const tracker = headTracker([header(3), header(4), header(5), header(7), header(8)]);

  it.each([
    { name: "the head", seen: header(8), event: { kind: "known" } },
    { name: "the next block", seen: header(9), event: { kind: "append" } },
    { name: "a block further on", seen: header(12), event: { kind: "append" } },
    { name: "an earlier block", seen: header(4), event: { kind: "behind", block: header(4) } },
    { name: "an earlier block that is not remembered", seen: header(6, "b"), event: { kind: "behind", block: null } },
    { name: "a block below all that is remembered", seen: header(2), event: { kind: "behind", block: null } },
    { name: "the next block of another branch", seen: header(9, "b"), event: { kind: "fork", ask: [3n, 4n, 5n, 7n] } },
    { name: "another head", seen: header(8, "b"), event: { kind: "fork", ask: [3n, 4n, 5n] } },
  ])("calls $name $event.kind", ({ seen, event }) => {
    expect(tracker.observe(seen)).toEqual(event);
  });

  it("names the ancestor at once when the replaced block comes right after it", () => {
    const whole = headTracker([header(4), header(5), header(6)]);
    expect(whole.observe(header(6, "b"))).toEqual({ kind: "reorg", ancestor: header(5) });
  });

  it("takes the newest remembered block that the chain still has", () => {
    const found = [header(3), header(4), header(5), header(7, "b")];
    expect(tracker.locate(found)).toEqual({ kind: "reorg", ancestor: header(5) });
    expect(tracker.locate([header(7, "b")])).toEqual({ kind: "fork", ask: [3n, 4n, 5n] });
  });

  it("says when nothing that it remembers is on the chain", () => {
    const others = headTracker([header(6), header(7)]);
    expect(others.observe(header(7, "b"))).toEqual({ kind: "foreign" });
    expect(others.locate([header(6, "b")])).toEqual({ kind: "foreign" });
  });

  it("asks for a few blocks at a time", () => {
    const long = headTracker(Array.from({ length: 100 }, (_, index) => header(index + 6)));
    const first = long.observe(header(105, "b"));
    expect(first).toEqual({ kind: "fork", ask: Array.from({ length: 16 }, (_, index) => BigInt(88 + index)) });
    expect(long.locate([header(88, "b"), header(89, "b")])).toMatchObject({ ask: { 15: 87n } });
  });

  it("starts with any block, and goes on from what it is extended by", () => {
    const empty = headTracker([]);
    expect(empty.observe(header(7))).toEqual({ kind: "append" });
    const extended = empty.extend([header(7), header(8)]);
    expect(extended.head).toEqual(header(8));
    expect(extended.observe(header(9))).toEqual({ kind: "append" });
    expect(empty.head).toBeNull();
  });

  it("forgets what is too deep for any reorg", () => {
    const long = headTracker(Array.from({ length: 2000 }, (_, number) => header(number)));
    expect(long.extend([header(2000)]).observe(header(50))).toEqual({ kind: "behind", block: null });
  });

  it("brings whoever follows its events to the chain's blocks, whatever heads the chain shows on the way", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ on: fc.nat(), length: fc.integer({ min: 1, max: 40 }) }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 7 }),
        (branches, shown, remembered) => {
          const tree = growTree(branches);
          const follower = new Follower(remembered);
          const heads = shown.map((choice) => tree[choice % tree.length] as Header);
          // Each question may be answered by another branch than the one before; then the chain stays with the last.
          const ask = () => (heads.length > 1 ? heads.shift() : heads[0]) as Header;
          for (let looks = 0; heads.length > 1 || !follower.isAt(heads[0] as Header); looks++) {
            expect(looks).toBeLessThan(100);
            follower.look(() => pathTo(tree, ask()));
          }
          expect(follower.blocks).toEqual(pathTo(tree, heads[0] as Header));
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** Blocks with one root; each branch begins at any block that is there already. */
function growTree(branches: readonly { on: number; length: number }[]): Header[] {
  const tree: Header[] = [{ number: 0n, hash: "0x0", parentHash: "0x" }];
  for (const { on, length } of branches) {
    let parent = tree[on % tree.length] as Header;
    for (let index = 0; index < length; index++) {
      parent = { number: parent.number + 1n, hash: `0x${tree.length}`, parentHash: parent.hash };
      tree.push(parent);
    }
  }
  return tree;
}

function pathTo(tree: readonly Header[], tip: Header): Header[] {
  const byHash = new Map(tree.map((block) => [block.hash, block]));
  const path: Header[] = [];
  for (let block: Header | undefined = tip; block !== undefined; block = byHash.get(block.parentHash)) path.push(block);
  return path.reverse();
}

/** Does what the tracker's events say to a list of blocks. The tracker remembers all of the last, and some older ones. */
class Follower {
  blocks: Header[] = [];
  #rows: Header[] = [];
  #tracker: HeadTracker = headTracker([]);
  readonly #remembered: number;

  constructor(remembered: number) {
    this.#remembered = remembered;
  }

  isAt({ hash }: Header): boolean {
    return this.blocks.at(-1)?.hash === hash;
  }

  /** One look at the chain, which may be another one at every question. */
  look(chain: () => Header[]): void {
    const head = chain().at(-1) as Header;
    let event = this.#tracker.observe(head);
    if (event.kind === "append") {
      const added = chain().filter(({ number }) => number >= BigInt(this.blocks.length));
      const [first] = added;
      if (first === undefined) return;
      if (this.blocks.length === 0 || first.parentHash === this.blocks.at(-1)?.hash) {
        this.#apply(added);
        return;
      }
      event = this.#tracker.observe(first);
    }
    if (event.kind === "behind") {
      event = event.block === null ? this.#tracker.search(head.number) : { kind: "reorg", ancestor: event.block };
    }
    while (event.kind === "fork") {
      const path = chain();
      const found = event.ask.flatMap((number) => path[Number(number)] ?? []);
      // Fewer than were asked for: the chain has become shorter, and the next look tells.
      if (found.length < event.ask.length) return;
      event = this.#tracker.locate(found);
    }
    if (event.kind === "reorg") this.#undo(event.ancestor);
    else expect(event.kind).toBe("known");
  }

  #apply(added: Header[]): void {
    for (const block of added) {
      expect(block.parentHash).toBe(this.blocks.at(-1)?.hash ?? "0x");
      this.blocks.push(block);
    }
    const rows = added.filter((_, index) => index % this.#remembered === 0 || index > added.length - 5);
    this.#rows.push(...rows);
    this.#tracker = this.#tracker.extend(rows);
  }

  #undo(ancestor: Header): void {
    const kept = this.blocks.findIndex(({ hash }) => hash === ancestor.hash);
    expect(kept).toBeGreaterThanOrEqual(0);
    this.blocks = this.blocks.slice(0, kept + 1);
    this.#rows = this.#rows.filter(({ number }) => number <= ancestor.number);
    this.#tracker = headTracker(this.#rows);
  }
}
