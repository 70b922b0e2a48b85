import { describe, expect, it } from "vitest";
import { batch } from "./batch.ts";

const doubling = () => {
  const loads: number[][] = [];
  const load = batch<number, number>(String, async (keys) => {
    loads.push([...keys]);
    return new Map(keys.filter((key) => key >= 0).map((key) => [String(key), key * 2]));
  });
  return { loads, load };
};

describe("batch", () => {
  it("loads the keys of one turn together, each once", async () => {
    const { loads, load } = doubling();
    expect(await Promise.all([load(1), load(2), Promise.resolve().then(() => load(3)), load(1)])).toEqual([2, 4, 6, 2]);
    expect(loads).toEqual([[1, 2, 3]]);
  });

  it("remembers a key for the rest of the request", async () => {
    const { loads, load } = doubling();
    await load(1);
    await Promise.all([load(1), load(2)]);
    expect(loads).toEqual([[1], [2]]);
  });

  it("gives undefined for what does not exist, and the same error to all who asked", async () => {
    const { load } = doubling();
    expect(await load(-1)).toBeUndefined();
    const failing = batch<number, number>(String, () => Promise.reject(new Error("down")));
    const results = await Promise.allSettled([failing(1), failing(2)]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});
