import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accelerator } from "../catalogue/accelerators.ts";
import { type Fraction, flopPerSecond, fraction, joules, llmTokens, seconds } from "../units.ts";
import { endToEndLatency } from "./endToEndLatency.ts";
import { energyFlow } from "./energyFlow.ts";
import { type ClassFlow, flowTotals } from "./TokenFlow.ts";
import { trainingTime } from "./trainingTime.ts";

const counts = fc
  .array(fc.bigInt({ min: 0n, max: 10n ** 15n }), { minLength: 4, maxLength: 4 })
  .map((values) => values.sort((a, b) => (a < b ? 1 : -1)).map(llmTokens))
  .map(([produced, served, billable, sold]) => ({ produced, served, billable, sold }) as ClassFlow);

describe("C1: the token is a product, counted from production to sale", () => {
  it("what was produced was sold, or is in exactly one of the losses", () => {
    fc.assert(
      fc.property(counts, counts, counts, counts, (input, cached, output, reasoning) => {
        const total = flowTotals({ input, cached, output, reasoning });
        expect(total.sold + total.unserved + total.free + total.uncollected).toBe(total.produced);
        expect(total.sold + total.wasted).toBe(total.produced);
        expect(total.produced).toBe(input.produced + cached.produced + output.produced + reasoning.produced);
      }),
    );
  });

  it.each(["served", "billable", "sold"])("refuses more %s than there was before", (stage) => {
    const none = { produced: llmTokens(0n), served: llmTokens(0n), billable: llmTokens(0n), sold: llmTokens(0n) };
    const wrong = { ...none, [stage]: llmTokens(1n) };
    expect(() => flowTotals({ input: none, cached: none, output: wrong, reasoning: none })).toThrow(
      `output: ${stage} 1`,
    );
  });
});

describe("C12: electricity goes in, tokens come out, and the layers between them lose the rest", () => {
  it("energy in is energy out plus losses", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true }).map(fraction);
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e12, noNaN: true }),
        fc.double({ min: 1, max: 3, noNaN: true }),
        share,
        share,
        (energy, pue, gpuShare, busyShare) => {
          const flow = energyFlow(joules(energy), { pue, gpuShare, busyShare });
          const out = flow.building + flow.host + flow.idle + flow.tokens;
          expect(Math.abs(out - energy)).toBeLessThanOrEqual(1e-12 * energy);
        },
      ),
    );
  });

  it.each([
    ["PUE", 0.9, 1, 1],
    ["GPU share", 1, 1.1, 1],
    ["busy share", 1, 1, -0.1],
  ])("refuses a wrong %s", (what, pue, gpuShare, busyShare) => {
    expect(() =>
      energyFlow(joules(1), { pue, gpuShare: gpuShare as Fraction, busyShare: busyShare as Fraction }),
    ).toThrow(what);
  });
});

it("C23: throughput, latency and training time describe the revenue engine", () => {
  // 70.6B parameters, 15.6e12 tokens, 16,384 H100 at 40 % of their dense bf16 FLOP/s.
  const flopsPerGpu = accelerator("h100-sxm").flops.bf16?.value ?? flopPerSecond(0);
  const tokens = llmTokens(15_600_000_000_000n);
  const run = { activeParameters: 70.6e9, tokens, gpus: 16_384, flopsPerGpu, mfu: fraction(0.4) };
  expect(trainingTime(run)).toBeCloseTo((6 * 70.6e9 * 15.6e12) / (16_384 * 989e12 * 0.4), 3);
  expect(endToEndLatency(seconds(0.2), seconds(0.01), 101)).toBeCloseTo(1.2, 12);
  expect(() => trainingTime({ ...run, mfu: 1.2 as Fraction })).toThrow("MFU");
});
