import { isJoulemintError } from "@joulemint/protocol/JoulemintError";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buckets, MAX_BUCKETS } from "./buckets.ts";

const at = (text: string) => new Date(`2026-11-20T${text}Z`);
const later = at("23:00:00");

describe("buckets", () => {
  it("are aligned to the epoch, and partial where the window cuts them", () => {
    const cut = buckets({ from: at("10:30:00"), to: at("12:15:00") }, 3600, later);
    expect(cut.map(({ start, partial }) => [start.toISOString().slice(11, 16), partial])).toEqual([
      ["10:00", true],
      ["11:00", false],
      ["12:00", true],
    ]);
    expect(cut[0]?.from).toEqual(at("10:30:00"));
    expect(cut[2]?.to).toEqual(at("12:15:00"));
  });

  it("are partial as long as they last", () => {
    const open = buckets({ from: at("10:00:00"), to: at("12:00:00") }, 3600, at("11:30:00"));
    expect(open.map(({ partial }) => partial)).toEqual([false, true]);
  });

  it("cover the window without gap or overlap", () => {
    const moment = fc.integer({ min: -(10 ** 12), max: 2 * 10 ** 12 });
    fc.assert(
      fc.property(
        moment,
        fc.integer({ min: 1, max: 10 ** 7 }),
        fc.constantFrom(60, 300, 3600),
        (from, length, interval) => {
          const window = { from: new Date(from), to: new Date(from + length) };
          const all = buckets(window, interval, later);
          expect(all[0]?.from).toEqual(window.from);
          expect(all.at(-1)?.to).toEqual(window.to);
          for (const [index, { from, start, end, to }] of all.entries()) {
            if (index > 0) expect(from).toEqual(all[index - 1]?.to);
            expect(from < to && start <= from && to <= end && start.getTime() % (interval * 1000) === 0).toBe(true);
          }
        },
      ),
    );
  });

  it(`are ${MAX_BUCKETS} at most`, () => {
    const from = at("00:00:00");
    const window = (minutes: number) => ({ from, to: new Date(from.getTime() + minutes * 60_000) });
    expect(buckets(window(MAX_BUCKETS), 60, later)).toHaveLength(MAX_BUCKETS);
    try {
      buckets(window(MAX_BUCKETS + 1), 60, later);
      expect.unreachable();
    } catch (error) {
      expect(isJoulemintError(error, "BAD_REQUEST")).toBe(true);
    }
  });
});
