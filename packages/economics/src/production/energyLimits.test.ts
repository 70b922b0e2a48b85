import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import vectors from "../../data/numeric_test_vectors.json" with { type: "json" };
import type { Precision } from "../catalogue/Accelerator.ts";
import { accelerator } from "../catalogue/accelerators.ts";
import { modelShape } from "../catalogue/modelShapes.ts";
import { parseTable } from "../catalogue/parseTable.ts";
import { decodeBound } from "./decodeBound.ts";

/** What llama2-70b took offline on a whole system of eight B200 (MLPerf v5.1), in J a token. */
const SYSTEM = 1 / 9.894;
const rows = parseTable(readFileSync(new URL("../../data/load_cost_sweep_h100.csv", import.meta.url), "utf8"));
const alone = (config: string) => {
  const row = rows.find((one) => one.config === config && one.rps === "1");
  if (row === undefined) throw new Error(`no row of ${config} at one request a second`);
  return row;
};
const h100 = accelerator("h100-sxm");
const place = (weights: Precision) =>
  ({ model: modelShape("llama-3.1-8b"), accelerator: h100, group: 1, weights, cache: "bf16" }) as const;

describe("energy at the limits is a scale, no forecast", () => {
  it("compute alone would take 15.7 mJ a token for 70B at fp4 on B200, a seventh of what a whole system measured", () => {
    const { designPower, flops } = accelerator("b200-sxm");
    const joules = (2 * 70.6e9 * (designPower?.value ?? 0)) / (flops.fp4?.value ?? 0);
    expect(joules).toBeCloseTo(0.0157, 4);
    expect(SYSTEM / joules).toBeGreaterThan(6);
  });

  it("reading 8B at bf16 for one token takes 3.36 J at an H100's design power; measured were 1.10 J, far below it", () => {
    const { stepTime } = decodeBound(place("bf16"), { batch: 1, context: 0 });
    expect(stepTime * (h100.designPower?.value ?? 0)).toBeCloseTo(3.36, 2);
    const { gpu_power_w, tps_output } = alone("C1");
    expect(Number(gpu_power_w) / Number(tps_output)).toBeCloseTo(1.1, 2);
  });

  it("Landauer's limit at 300 K is 8 orders below practice, at one bit for each FLOP", () => {
    const perBit = 1.380649e-23 * 300 * Math.LN2;
    const stated = vectors.units.find(({ id }) => id.startsWith("landauer"))?.j_per_bit ?? 0;
    expect(perBit / stated).toBeCloseTo(1, 6);
    expect(Math.log10(SYSTEM / (2 * 70.6e9 * perBit))).toBeGreaterThan(8);
  });
});

it.each([
  ["C1", "bf16", 152],
  ["C2", "fp8", 211],
] as const)("8B on H100 (%s, %s) gave one user %d tok/s, below its bound", (config, weights, speed) => {
  const measured = 1000 / Number(alone(config).tpot_p50_ms);
  expect(measured).toBeCloseTo(speed, 0);
  expect(measured).toBeLessThan(decodeBound(place(weights), { batch: 1, context: 0 }).perUser);
});
