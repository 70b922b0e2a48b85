import { expect, it } from "vitest";
import { microBatch, type Outcome } from "./microBatch.ts";

const double = (item: number): Outcome<number> => (item < 0 ? { error: new RangeError(`${item}`) } : { ok: item * 2 });

it("answers parallel requests in few batches, each with its own outcome", async () => {
  const sizes: number[] = [];
  const batched = microBatch<number, number>({
    windowMs: 1,
    limit: 3,
    run: async (items) => {
      sizes.push(items.length);
      return items.map(double);
    },
  });
  const answers = await Promise.allSettled([1, 2, -3, 4, 5].map(batched));
  expect(answers.map((answer) => (answer.status === "fulfilled" ? answer.value : `${answer.reason}`))).toEqual([
    2,
    4,
    "RangeError: -3",
    8,
    10,
  ]);
  expect(sizes).toEqual([3, 2]);
  expect(await batched(6)).toBe(12);
});

it("collects what arrives during a batch into the next one", async () => {
  const batches: number[][] = [];
  const batched = microBatch<number, number>({
    windowMs: 0,
    limit: 10,
    run: async (items) => {
      batches.push([...items]);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return items.map(double);
    },
  });
  const first = batched(1);
  await new Promise((resolve) => setTimeout(resolve, 3));
  await Promise.all([first, batched(2), batched(3)]);
  expect(batches).toEqual([[1], [2, 3]]);
});

it("fails a batch that throws as a whole, and goes on", async () => {
  const batched = microBatch<number, number>({
    windowMs: 0,
    limit: 2,
    run: async (items) => {
      if (items.includes(13)) throw new Error("unlucky");
      return items.map(double);
    },
  });
  const answers = await Promise.allSettled([13, 2, 3].map(batched));
  expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
});
