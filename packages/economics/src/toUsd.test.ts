import { expect, it } from "vitest";
import { toUsd } from "./toUsd.ts";
import { baseUnits } from "./units.ts";

it.each([
  [1n, 6, 0.000001],
  [1_250_000n, 6, 1.25],
  [2n * 10n ** 18n, 18, 2],
  [7n, 0, 7],
])("%d base units with %d decimals are $%d", (amount, decimals, expected) => {
  expect(toUsd(baseUnits(amount), decimals)).toBe(expected);
});
