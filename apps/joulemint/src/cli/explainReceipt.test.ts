import type { Receipt } from "@joulemint/protocol/Receipt";
import { exampleReceipt } from "@joulemint/protocol/testing/exampleReceipt";
import { exampleSignedReceipt } from "@joulemint/protocol/testing/exampleSignedReceipt";
import { describe, expect, it } from "vitest";
import { explainReceipt, explanationText } from "./explainReceipt.ts";

const signed = await exampleSignedReceipt();
const explain = (change: Partial<Receipt> = {}) => explainReceipt({ ...signed, receipt: exampleReceipt(change) });

describe("explainReceipt", () => {
  it("has a line for each meter, and they sum to the charge", () => {
    const { lines, cut } = explain();
    expect(lines).toEqual([
      { meter: "input", quantity: 64n, weight: 250_000n, charge: 16_000n },
      { meter: "cachedInput", quantity: 80n, weight: 25_000n, charge: 2_000n },
      { meter: "cacheWrite", quantity: 8n, weight: 312_500n, charge: 2_500n },
      { meter: "output", quantity: 90n, weight: 1_000_000n, charge: 90_000n },
      { meter: "reasoning", quantity: 10n, weight: 1_000_000n, charge: 10_000n },
    ]);
    expect(lines.reduce((sum, { charge }) => sum + charge, 0n)).toBe(exampleReceipt().charge);
    expect(cut).toBe(0n);
  });

  it("says what a capped charge leaves out", () => {
    expect(explain({ charge: 100_000n, flags: ["capped"] }).cut).toBe(20_500n);
  });

  it.each<[Partial<Receipt>, number | null]>([
    [{ produced: 165n }, 4],
    [{ energyMillijoules: null, energyProvenance: "unknown" }, null],
  ])("of %o makes tokens for a joule: %o", (change, expected) => {
    expect(explain(change).tokensPerJoule).toBe(expected);
  });
});

describe("explanationText", () => {
  it("reads like a bill", () => {
    expect(explanationText(explain({ charge: 120_000n, flags: ["capped"] }))).toEqual([
      "    input        64 x 0.25 = 16 credits",
      "    cachedInput  80 x 0.025 = 2 credits",
      "    cacheWrite   8 x 0.3125 = 2.5 credits",
      "    output       90 x 1 = 90 credits",
      "    reasoning    10 x 1 = 10 credits",
      "    capped       0.5 credits more than the session had left",
      "  energy     modelled, 2.424 output tokens for a joule at the meter's boundary",
    ]);
  });
});
