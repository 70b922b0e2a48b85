import { describe, expect, it } from "vitest";
import { backoff } from "./backoff.ts";

describe("backoff", () => {
  it("doubles the pause with every failure up to the longest, for each key by itself, until one success", () => {
    let time = 0;
    const pauses = backoff({ firstMs: 10, longestMs: 35, now: () => time });
    /** How long a key is not due after one more failure. */
    const pause = (key: string) => {
      pauses.failed(key);
      const begun = time;
      while (!pauses.due(key)) time++;
      return time - begun;
    };
    expect([pause("a"), pause("a"), pause("a"), pause("a")]).toEqual([10, 20, 35, 35]);
    expect(pause("b")).toBe(10);
    pauses.succeeded("a");
    expect(pause("a")).toBe(10);
  });

  it("has nothing against a first try", () => {
    expect(backoff({ firstMs: 10, longestMs: 35 }).due("a")).toBe(true);
  });
});
