import { expect, it } from "vitest";
import { tokenAmplification } from "./tokenAmplification.ts";
import { llmTokens } from "./units.ts";

// The research and the coding agent of a much quoted article; it prints 33 and 26, and 26 would need 208,000 in all.
it.each([
  [331_500n, 10_000n, 33.15, 32.15],
  [262_000n, 8_000n, 32.75, 31.75],
  [208_000n, 8_000n, 26, 25],
  [8_000n, 8_000n, 1, 0],
])("%d tokens, %d of them visible: %d, internal %d", (total, visible, factor, internal) => {
  const result = tokenAmplification({ total: llmTokens(total), visible: llmTokens(visible) });
  expect(result?.total).toBeCloseTo(factor, 12);
  expect(result?.internal).toBeCloseTo(internal, 12);
});

it.each([
  ["the total is unknown", { total: null, visible: llmTokens(1n) }],
  ["the visible count is unknown", { total: llmTokens(1n), visible: null }],
  ["nothing was visible", { total: llmTokens(1n), visible: llmTokens(0n) }],
])("is unknown when %s", (_, counts) => {
  expect(tokenAmplification(counts)).toBeNull();
});

it("refuses more visible tokens than there were", () => {
  expect(() => tokenAmplification({ total: llmTokens(1n), visible: llmTokens(2n) })).toThrow(RangeError);
});
