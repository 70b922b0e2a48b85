import { beforeAll, describe, expect, it } from "vitest";
import type { Delta } from "./Delta.ts";
import { RunningCount } from "./RunningCount.ts";
import { loadTokenCounter, type TokenCounter } from "./TokenCounter.ts";

let count: TokenCounter;
beforeAll(async () => {
  count = await loadTokenCounter();
});

const deltas = (...texts: string[]): Delta[] => texts.map((text) => ({ choice: 0, kind: "output", text }));
const total = (...chunks: string[][]) => {
  const running = new RunningCount();
  for (const texts of chunks) running.add(deltas(...texts));
  running.catchUp(count);
  return running.tokens;
};
const prose = "The meter counts what the engine made, and says so; naïve café, 中文, 😀 and 12345 too. ".repeat(20);

describe("RunningCount", () => {
  it("makes at least one token of every delta, as engines do that send token by token", () => {
    expect(total(["t"], ["h"], ["e"])).toBe(3);
    expect(total(["one", "two"], ["three"])).toBe(3);
  });

  it.each([1, 2, 3, 7, 50, 400, 100_000])(
    "is never below the count of the whole when cut each %i characters",
    (size) => {
      const cuts = prose.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
      expect(total(...cuts.map((cut) => [cut]))).toBeGreaterThanOrEqual(count(prose));
    },
  );

  it("is the count of the whole when it is cut between words", () => {
    const words = "one two three four five six".split(/(?= )/);
    expect(total(...words.map((word) => [word]))).toBe(6);
  });

  it("begins anew when a report covers what came", () => {
    const running = new RunningCount();
    const caughtUp = () => {
      running.catchUp(count);
      return running.tokens;
    };
    running.add(deltas("one two"));
    expect(caughtUp()).toBe(2);
    running.add(deltas(" three"));
    running.clear();
    expect([running.behind, caughtUp()]).toEqual([false, 0]);
    running.add(deltas(" four"));
    expect([running.behind, caughtUp()]).toEqual([true, 1]);
  });

  it("does not stop to count what no stream sends at once, and takes it for more than it is", () => {
    const huge = "word ".repeat(20_000);
    expect(total([huge])).toBeGreaterThan(count(huge));
  });
});
