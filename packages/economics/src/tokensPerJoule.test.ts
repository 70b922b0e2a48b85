import { expect, it } from "vitest";
import { energyUsed } from "./energyUsed.ts";
import { tokensPerJoule } from "./tokensPerJoule.ts";
import { joules, llmTokens, seconds, watts } from "./units.ts";

it.each([
  // MLPerf Inference 5.1, closed, power: llama2-70b on 8 x B200, whole system (5.1-0061, offline and server).
  [102_909n, 10_400.999, 9.894],
  [99_159n, 10_442.26, 9.496],
  [1n, 2, 0.5],
  [0n, 5, 0],
])("%d tokens a second at %d W are %d tokens per joule", (tokens, power, expected) => {
  const energy = energyUsed(watts(power), seconds(1));
  expect(tokensPerJoule(llmTokens(tokens), energy)).toBeCloseTo(expected, 3);
});

it("is unknown when either is, and without energy", () => {
  expect(tokensPerJoule(null, joules(1))).toBeNull();
  expect(tokensPerJoule(llmTokens(1n), null)).toBeNull();
  expect(tokensPerJoule(llmTokens(1n), joules(0))).toBeNull();
});
