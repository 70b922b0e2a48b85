import { expect, it } from "vitest";
import { cornersOf } from "./cornersOf.ts";
import { sourced } from "./testing/sourced.ts";

it.each<[string, number | bigint, readonly [number | bigint, number | bigint]]>([
  ["below it", 1, [2, 3]],
  ["above it", 4, [2, 3]],
  ["between ends that are exchanged", 2.5, [3, 2]],
  ["above it, in whole tokens", 4n, [2n, 3n]],
  ["not a number", Number.NaN, [2, 3]],
])("a range is refused if its value is %s", (_, value, range) => {
  expect(() => cornersOf({ a: sourced(value, "1", { range }) })).toThrow("a of ");
});

it.each([2, 2.5, 3, null])("a range of 2 to 3 may have a value of %s", (value) => {
  expect(cornersOf({ a: sourced<number | null>(value, "1", { range: [2, 3] }) })).toEqual([{ a: 2 }, { a: 3 }]);
});
