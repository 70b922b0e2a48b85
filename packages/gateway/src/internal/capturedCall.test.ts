import { rateCard } from "@joulemint/economics/RateCard";
import { describe, expect, it } from "vitest";
import type { Call } from "./Call.ts";
import type { CallOutcome } from "./CallOutcome.ts";
import { capturedCall } from "./capturedCall.ts";

const card = rateCard({ input: 1_000n, output: 1_000n });
const call = { id: "x", served: { rateCard: card }, inputBound: 100n, outputBound: 50n } as unknown as Call;
const energy = { energyMillijoules: null, provenance: "unknown" } as const;

function charged(usage: { input: bigint; output: bigint }, chargeLimit: bigint | null = null) {
  const outcome = {
    concluded: {
      usage: { ...usage, cachedInput: 0n, cacheWrite: 0n, reasoning: 0n },
      produced: usage.output,
      flags: [],
    },
    flags: [],
    chargeLimit,
  } as unknown as CallOutcome;
  const { charge, flags } = capturedCall(call, outcome, energy);
  return { charge, flags };
}

describe("capturedCall", () => {
  it.each([
    ["what its usage costs", { input: 20n, output: 30n }, null, 50n, []],
    ["no more than the limit, and says so", { input: 20n, output: 30n }, 45n, 45n, ["capped"]],
    ["all of it up to the limit", { input: 20n, output: 30n }, 50n, 50n, []],
    ["more input than was bounded, and says so", { input: 101n, output: 30n }, null, 131n, ["input_exceeds_bound"]],
    [
      "no more output than was asked for, and says so",
      { input: 20n, output: 51n },
      null,
      70n,
      ["capped", "output_exceeds_limit"],
    ],
    [
      "no more than an int8 can hold",
      { input: 2n ** 63n, output: 0n },
      null,
      2n ** 62n,
      ["capped", "input_exceeds_bound"],
    ],
  ])("charges %s", (_, usage, limit, charge, flags) => {
    expect(charged(usage, limit)).toEqual({ charge, flags });
  });
});
