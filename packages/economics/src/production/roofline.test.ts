import fc from "fast-check";
import { describe, expect, it } from "vitest";
import vectors from "../../data/numeric_test_vectors.json" with { type: "json" };
import type { Precision } from "../catalogue/Accelerator.ts";
import { accelerator } from "../catalogue/accelerators.ts";
import { modelShape, modelShapes } from "../catalogue/modelShapes.ts";
import { bytes } from "../units.ts";
import { checkBound, PhysicallyImpossible } from "./checkBound.ts";
import { communicationBound } from "./communicationBound.ts";
import { decodeBound, decodeEstimate } from "./decodeBound.ts";
import { batchCapacity, maximumBatch } from "./maximumBatch.ts";
import type { Placement } from "./Placement.ts";
import { prefillBound } from "./prefillBound.ts";
import { ridgePoint } from "./ridgePoint.ts";
import { touchedParameters } from "./touchedParameters.ts";

const place = (model: string, chip: string, weights: Precision, group = 1): Placement => ({
  model: modelShape(model),
  accelerator: accelerator(chip),
  group,
  weights,
  cache: "bf16",
});
const alone = { batch: 1, context: 0 };

describe("limits of the specification", () => {
  it.each([
    ["70.6B bf16 on one H100", place("llama-3.1-70b", "h100-sxm", "bf16"), vectors.roofline[0]?.tok_s_user ?? 0, 4],
    ["8B bf16 on H100", place("llama-3.1-8b", "h100-sxm", "bf16"), 208.6, 1],
    ["8B fp8 on H100", place("llama-3.1-8b", "h100-sxm", "fp8"), 417, 0],
    ["70.6B fp8 on 8 x H200", place("llama-3.1-70b", "h200-sxm", "fp8", 8), 544, 0],
  ])("%s: at most %d tok/s for one user", (_, placement, expected, digits) => {
    expect(decodeBound(placement, alone).perUser).toBeCloseTo(expected, digits);
  });

  it.each([
    ["h100-sxm", "bf16", vectors.roofline[1]?.flop_per_byte ?? 0],
    ["h100-sxm", "fp8", 591],
    ["b200-sxm", "fp8", 563],
    ["b200-sxm", "fp4", vectors.roofline[2]?.flop_per_byte ?? 0],
  ] as const)("the ridge of %s at %s is at %d FLOP/byte", (chip, precision, expected) => {
    expect((ridgePoint(accelerator(chip), precision) ?? 0) / expected).toBeCloseTo(1, 2);
  });

  it("a ridge that nobody can compute is unknown", () => {
    expect(ridgePoint(accelerator("gh200"), "bf16")).toBeNull();
    expect(ridgePoint(accelerator("h100-sxm"), "fp4")).toBeNull();
  });

  it.each([
    ["llama-3.1-8b", 32 * 8 * 128 * 2 * 2],
    ["llama-3.1-70b", 80 * 8 * 128 * 2 * 2],
    ["llama-3.1-405b", 126 * 8 * 128 * 2 * 2],
    ["deepseek-r1", 61 * 576 * 2],
    ["gpt-oss-120b", 36 * 8 * 64 * 2 * 2],
  ])("a token of %s holds %d bytes of keys and values", (model, bytes) => {
    expect(modelShape(model).kvBytesPerToken).toBe(bytes);
  });

  it.each([
    [100_000, 32.768],
    [1_000_000, 327.68],
  ])("a context of %d tokens holds %d GB for 70B at bf16", (context, gigabytes) => {
    expect((modelShape("llama-3.1-70b").kvBytesPerToken * context) / 1e9).toBeCloseTo(gigabytes, 9);
  });
});

describe("a decode step", () => {
  const placement = place("llama-3.1-70b", "h200-sxm", "fp8", 8);

  it("is bound by bandwidth, then by compute, and at last there is no memory for it", () => {
    expect(decodeBound(placement, { batch: 8, context: 1000 }).limiting).toBe("bandwidth");
    expect(decodeBound(placement, { batch: 1000, context: 0 }).limiting).toBe("compute");
    expect(decodeBound(placement, { batch: 1000, context: 100_000 }).limiting).toBe("capacity");
  });

  it("takes what reading takes, or multiplying", () => {
    // Weights of 70.6 GB and 8 contexts of 1000 tokens, from 8 x 4.8 TB/s.
    const reading = decodeBound(placement, { batch: 8, context: 1000 });
    expect(reading.stepTime).toBeCloseTo((70.6e9 + 8 * 1000 * 327_680) / (8 * 4.8e12), 12);
    expect(reading.throughput).toBeCloseTo(8 / reading.stepTime, 6);
    const multiplying = decodeBound(placement, { batch: 1000, context: 0 });
    expect(multiplying.stepTime).toBeCloseTo((2 * 70.6e9 * 1000) / (8 * 1979e12), 12);
  });

  it("holds for every source: where they disagree, the faster chip counts", () => {
    const b300 = { ...placement, accelerator: accelerator("b300-sxm") };
    expect(decodeBound(b300, { batch: 5000, context: 0 }).stepTime).toBeCloseTo((2 * 70.6e9 * 5000) / (8 * 7e15), 12);
  });

  it("never gets faster with batch, context or a larger model", () => {
    const batch = fc.integer({ min: 1, max: 4000 });
    const context = fc.integer({ min: 0, max: 200_000 });
    fc.assert(
      fc.property(batch, context, fc.integer({ min: 1, max: 100 }), (b, c, more) => {
        const { stepTime } = decodeBound(placement, { batch: b, context: c });
        expect(decodeBound(placement, { batch: b + more, context: c }).stepTime).toBeGreaterThanOrEqual(stepTime);
        expect(decodeBound(placement, { batch: b, context: c + more }).stepTime).toBeGreaterThanOrEqual(stepTime);
        const larger = { ...placement, model: modelShape("llama-3.1-405b") };
        expect(decodeBound(larger, { batch: b, context: c }).stepTime).toBeGreaterThan(stepTime);
      }),
    );
  });

  it("takes longer by what the group exchanges, at the link's speed in one direction", () => {
    const exchange = { layers: 80, hidden: 8192, allReduces: 2, activations: "bf16" } as const;
    const silent = decodeBound(placement, { batch: 8, context: 1000 });
    const talking = decodeBound(placement, { batch: 8, context: 1000, exchange });
    // 160 all-reduces of 8 hidden states of 16 KiB; NVLink's 900 GB/s are the sum of both directions.
    expect(talking.communication).toBeCloseTo((160 * 8 * 8192 * 2) / 450e9, 12);
    expect(talking.stepTime).toBeCloseTo(silent.stepTime + talking.communication, 12);
    expect(decodeBound({ ...placement, group: 1 }, { batch: 8, context: 0, exchange }).communication).toBe(0);
    const unlinked = { ...placement, accelerator: accelerator("groq-lp30") };
    expect(() => communicationBound(unlinked, exchange, 1)).toThrow("link of groq-lp30 is unknown");
    expect(() => communicationBound(placement, { ...exchange, layers: 0 }, 1)).toThrow("layers");
  });

  it("shows a user more only by as many tokens as a verified step yields", () => {
    const plain = decodeBound(placement, alone);
    const speculative = decodeBound(placement, { ...alone, acceptedLength: 2.5 });
    expect(speculative.stepTime).toBe(plain.stepTime);
    expect(speculative.perUser).toBeCloseTo(2.5 * plain.perUser, 9);
  });

  it.each([
    ["batch", { batch: 0, context: 1 }],
    ["context", { batch: 1, context: -1 }],
    ["accepted length", { batch: 1, context: 1, acceptedLength: 0.5 }],
  ])("refuses a wrong %s", (what, input) => {
    expect(() => decodeBound(placement, input)).toThrow(what);
  });

  it("refuses hardware whose figures nobody states", () => {
    expect(() => decodeBound({ ...placement, accelerator: accelerator("gh200") }, alone)).toThrow("gh200 is unknown");
  });
});

describe("a mixture of experts", () => {
  const model = modelShape("qwen3-30b-a3b");
  const routing = { experts: 128, perToken: 8 };

  it("reads one token's experts for one token, and all of them in the end", () => {
    expect(touchedParameters(model, routing, 1) / model.activeParameters).toBeCloseTo(1, 12);
    expect(touchedParameters(model, routing, 10_000) / model.parameters).toBeCloseTo(1, 12);
    // Two tokens that each take 2 of 4 experts leave each expert alone a quarter of the time: 3 of 4 are read.
    const small = { ...model, parameters: 4.5, activeParameters: 2.5 };
    expect(touchedParameters(small, { experts: 4, perToken: 2 }, 2)).toBeCloseTo(0.5 + 3, 12);
  });

  it("is bounded by one token's experts, and estimated by those of the batch", () => {
    const placement = place("qwen3-30b-a3b", "h100-sxm", "bf16");
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4000 }), fc.integer({ min: 0, max: 5000 }), (batch, context) => {
        const bound = decodeBound(placement, { batch, context });
        const estimate = decodeEstimate(placement, { batch, context }, routing);
        expect([bound.kind, estimate.kind]).toEqual(["bound", "estimate"]);
        expect(estimate.stepTime).toBeGreaterThanOrEqual(bound.stepTime * (1 - 1e-12));
        const all = { ...placement, model: { ...model, activeParameters: model.parameters } };
        expect(estimate.stepTime).toBeLessThanOrEqual(decodeBound(all, { batch, context }).stepTime);
      }),
    );
  });

  it.each([
    { experts: 1, perToken: 1 },
    { experts: 8, perToken: 8 },
    { experts: 8, perToken: 0 },
  ])("refuses %o", (wrong) => {
    expect(() => touchedParameters(model, wrong, 1)).toThrow("experts");
  });
});

describe("memory", () => {
  it("holds what is left beside the weights", () => {
    const placement = place("llama-3.1-70b", "h200-sxm", "fp8", 8);
    // 8 x 141 GB less 70.6 GB of weights, in contexts of 10,000 tokens of 327,680 bytes.
    expect(maximumBatch(placement, { context: 10_000 })).toBe(Math.floor((8 * 141e9 - 70.6e9) / (10_000 * 327_680)));
    expect(batchCapacity(placement, { context: 10_000, overhead: bytes(8 * 141e9) })).toBe(0);
    expect(batchCapacity(placement, { context: 0 })).toBe(Number.POSITIVE_INFINITY);
    expect(maximumBatch({ ...placement, cache: "fp8" }, { context: 10_000 })).toBe(
      Math.floor((8 * 141e9 - 70.6e9) / (10_000 * 163_840)),
    );
  });

  it.each([
    ["a million tokens of 70B on one H200", place("llama-3.1-70b", "h200-sxm", "fp8"), 1_000_000],
    ["the weights of 70B at bf16 on one H100", place("llama-3.1-70b", "h100-sxm", "bf16"), 1],
  ])("has no room for %s", (_, placement, context) => {
    expect(batchCapacity(placement, { context })).toBe(0);
    expect(() => maximumBatch(placement, { context })).toThrow(PhysicallyImpossible);
  });
});

it("a prompt of 8192 tokens takes 8B on H100 at least 2 x 8.03e9 x 8192 / 989e12 s", () => {
  const placement = place("llama-3.1-8b", "h100-sxm", "bf16");
  expect(prefillBound(placement, 8192)).toBeCloseTo((2 * 8.03e9 * 8192) / 989e12, 12);
  expect(() => prefillBound(placement, 0)).toThrow(RangeError);
});

describe("above a bound", () => {
  const above = { what: "throughput", value: 101, bound: 100 };
  it("a prediction is an error", () => {
    expect(() => checkBound("prediction", above)).toThrow(PhysicallyImpossible);
  });
  it("a measurement is a finding, with both numbers", () => {
    expect(checkBound("measurement", above)).toMatchObject([
      { code: "ABOVE_PHYSICAL_BOUND", severity: "error", stated: 101, computed: 100 },
    ]);
  });
  it.each(["prediction", "measurement"] as const)("at the bound a %s is fine", (kind) => {
    expect(checkBound(kind, { ...above, value: 100 })).toEqual([]);
  });
});

it("no shape has more active parameters than parameters", () => {
  for (const { parameters, activeParameters } of modelShapes) expect(activeParameters).toBeLessThanOrEqual(parameters);
});
