import { expect, it } from "vitest";
import { receiptEnergy } from "./receiptEnergy.ts";

it.each([
  [41_250n, 41.25],
  [0n, 0],
  [null, null],
])("%s mJ are %s J", (millijoules, joules) => {
  expect(receiptEnergy(millijoules)).toBe(joules);
});
