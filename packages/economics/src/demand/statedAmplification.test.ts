import { expect, it } from "vitest";
import { llmTokens } from "../units.ts";
import { statedAmplification } from "./statedAmplification.ts";

const research = { total: llmTokens(331_500n), visible: llmTokens(10_000n) };
const coding = { total: llmTokens(262_000n), visible: llmTokens(8_000n) };
const codes = (result: ReturnType<typeof statedAmplification>) => result?.findings.map(({ code }) => code);

it("C8: 33 is the total factor, rounded", () => {
  expect(codes(statedAmplification(research, { factor: 33 }))).toEqual([]);
});

it("C8: 32 would be the internal one, and a finding says so", () => {
  expect(codes(statedAmplification(research, { factor: 32 }))).toEqual(["INTERNAL_AMPLIFICATION"]);
});

it("C9: 262,000 tokens for 8,000 are 32.75, where 26 is stated: it needs 208,000 in all or 10,077 visible", () => {
  const result = statedAmplification(coding, { factor: 26 });
  expect(result).toMatchObject({ total: 32.75, internal: 31.75, totalFor: 208_000 });
  expect(result?.visibleFor).toBeCloseTo(10_076.92, 2);
  expect(result?.findings).toMatchObject([{ code: "AMPLIFICATION_DIFFERS", stated: 26, computed: 32.75 }]);
});

it.each([
  ["the research agent", research, 33.15],
  ["the coding agent", coding, 32.75],
])("C10: a quoted range of 10 to 30 is data, not a clamp: %s is above it", (_, counts, total) => {
  const result = statedAmplification(counts, { quotedRange: [10, 30] });
  expect(result?.total).toBe(total);
  expect(result?.findings).toMatchObject([{ code: "OUTSIDE_QUOTED_RANGE", stated: 30, computed: total }]);
});

it("C10: the ends of a range are in it, and below is outside too", () => {
  expect(codes(statedAmplification(coding, { quotedRange: [32.75, 40] }))).toEqual([]);
  expect(statedAmplification(coding, { quotedRange: [33, 40] })?.findings).toMatchObject([{ stated: 33 }]);
});

it("trap 5: 1,500 % more is 16 times, not 15", () => {
  const more = { total: llmTokens(16_000n), visible: llmTokens(1000n) };
  expect(codes(statedAmplification(more, { factor: 15 }))).toEqual(["INTERNAL_AMPLIFICATION"]);
  expect(codes(statedAmplification(more, { factor: 16 }))).toEqual([]);
});

it("has nothing to say where nothing was visible, and no counterfactual where nothing is stated", () => {
  expect(statedAmplification({ ...coding, visible: llmTokens(0n) }, { factor: 26 })).toBeNull();
  expect(statedAmplification(coding, {})).toMatchObject({ totalFor: null, visibleFor: null, findings: [] });
});
