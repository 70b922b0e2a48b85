import { expect, it } from "vitest";
import { isDate } from "./isDate.ts";

it.each([
  ["2026-08-21", true],
  ["2024-02-29", true],
  ["2026-02-29", false],
  ["2026-13-45", false],
  ["2026-08", false],
  ["21 August 2026", false],
  [20260821, false],
  [null, false],
])("%j: %s", (value, expected) => {
  expect(isDate(value)).toBe(expected);
});
