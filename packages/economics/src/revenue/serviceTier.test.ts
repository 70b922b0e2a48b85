import { expect, it } from "vitest";
import { serviceTier } from "./serviceTier.ts";

it.each([
  ["T1: premium", "priority"],
  ["T1: real-time", "priority"],
  ["T1: High", "priority"],
  ["T2: mid", "standard"],
  ["T2: standard", "standard"],
  ["T3: batch", "batch"],
  ["T3: offline", "batch"],
  ["T3: low", "batch"],
  ["T3: flex", "batch"],
])("%s is %s", (title, tier) => {
  expect(serviceTier(title.slice(4))).toBe(tier);
});

it.each(["", "cheap", "toString"])("refuses %j: no tier is a default", (word) => {
  expect(() => serviceTier(word)).toThrow(RangeError);
});
