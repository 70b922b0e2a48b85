import type { Header } from "@joulemint/ledger/chain/recentHeaders";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { headTracker } from "./headTracker.ts";

/** A header of a branch; branches part after block 5. */
function header(number: number, branch = "a"): Header {
  const hash = (n: number): `0x${string}` => `0x${n > 5 ? branch : ""}${n}`;
  return { number: BigInt(number), hash: hash(number), parentHash: hash(number - 1) };
}

describe("headTracker", () => {
  // As a ledger remembers them: block 6 had no events.
  const tracker = headTracker([header(3), header(4), header(5), header(7), header(8)]);

  it.each([
    { name: "the head", seen: header(8), event: { kind: "known" } },
    { name: "an earlier block", seen: header(4), event: { kind: "known" } },
    { name: "a block that is not remembered", seen: header(6), event: { kind: "unknown" } },
    { name: "a block below all that is remembered", seen: header(2), event: { kind: "unknown" } },
    { name: "the next block", seen: header(9), event: { kind: "append" } },
    { name: "a block further on", seen: header(12), event: { kind: "gap", from: 9n, to: 11n } },
    { name: "the next block of another branch", seen: header(9, "b"), event: { kind: "reorg", ancestor: null } },
    { name: "another head", seen: header(8, "b"), event: { kind: "reorg", ancestor: null } },
    { name: "the second block after the fork", seen: header(7, "b"), event: { kind: "reorg", ancestor: null } },
  ])("calls $name $event.kind", ({ seen, event }) => {
    expect(tracker.observe(seen)).toEqual(event);
  });

  it("names the ancestor once a block follows it", () => {
    const whole = headTracker([header(4), header(5), header(6), header(7)]);
    expect(whole.observe(header(7, "b"))).toEqual({ kind: "reorg", ancestor: null });
    expect(whole.observe(header(6, "b"))).toEqual({ kind: "reorg", ancestor: header(5) });
  });

  it("finds where any other branch began, by walking back along it", () => {
    const lengths = fc.record({
      forkedAt: fc.integer({ min: 0, max: 40 }),
      ours: fc.integer({ min: 1, max: 40 }),
      theirs: fc.integer({ min: 1, max: 80 }),
    });
    fc.assert(
      fc.property(lengths, ({ forkedAt, ours, theirs }) => {
        const on = (branch: string, number: number) => `0x${number > forkedAt ? branch : ""}${number}` as const;
        const block = (branch: string, number: number): Header => {
          return { number: BigInt(number), hash: on(branch, number), parentHash: on(branch, number - 1) };
        };
        const known = headTracker(Array.from({ length: forkedAt + ours + 1 }, (_, number) => block("a", number)));
        const head = known.head?.number ?? 0n;
        let found: Header | null = null;
        for (let number = forkedAt + theirs; found === null && number > forkedAt; number--) {
          const event = known.observe(block("b", number));
          expect(event.kind).toBe(BigInt(number) > head + 1n ? "gap" : "reorg");
          if (event.kind === "reorg") found = event.ancestor;
        }
        expect(found).toEqual(block("a", forkedAt));
      }),
    );
  });

  it("starts with any block, and goes on from what it is extended by", () => {
    const empty = headTracker([]);
    expect(empty.head).toBeNull();
    expect(empty.observe(header(7))).toEqual({ kind: "append" });
    const extended = empty.extend([header(7), header(8)]);
    expect(extended.head).toEqual(header(8));
    expect(extended.observe(header(9))).toEqual({ kind: "append" });
    expect(empty.head).toBeNull();
  });

  it("forgets what is too deep for any reorg", () => {
    const long = headTracker(Array.from({ length: 200 }, (_, number) => header(number)));
    expect(long.extend([header(200)]).observe(header(50))).toEqual({ kind: "unknown" });
  });
});
