import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { remember } from "./remember.ts";

describe("remember", () => {
  it("asks once for a key while it remembers, and again later", async () => {
    let asked = 0;
    const read = remember(50, async (key) => `${key}${++asked}`);
    expect(await Promise.all([read("a"), read("a"), read("b")])).toEqual(["a1", "a1", "b2"]);
    await sleep(60);
    expect(await read("a")).toBe("a3");
  });

  it("forgets failures at once", async () => {
    let asked = 0;
    const read = remember(60_000, async () => {
      if (++asked === 1) throw new Error("no");
      return asked;
    });
    await expect(read("a")).rejects.toThrow("no");
    expect(await read("a")).toBe(2);
  });
});
