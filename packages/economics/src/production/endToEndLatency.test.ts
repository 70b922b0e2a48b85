import { expect, it } from "vitest";
import { seconds } from "../units.ts";
import { endToEndLatency } from "./endToEndLatency.ts";

it.each([
  [0.5, 0.02, 101, 2.5],
  [0.5, 0.02, 1, 0.5],
])("TTFT %d s and TPOT %d s make %d tokens in %d s", (ttft, tpot, tokens, expected) => {
  expect(endToEndLatency(seconds(ttft), seconds(tpot), tokens)).toBeCloseTo(expected, 12);
});

it("refuses an answer of no tokens", () => {
  expect(() => endToEndLatency(seconds(1), seconds(1), 0)).toThrow(RangeError);
});
