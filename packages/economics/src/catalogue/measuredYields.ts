import type { Sourced } from "../quantities/Sourced.ts";
import { type TokensPerSecond, tokensPerSecond } from "../units.ts";
import type { Precision } from "./Accelerator.ts";

/** MLPerf's: all at once, under a promised latency, and under a much shorter one. */
export type BenchmarkScenario = "offline" | "server" | "interactive";

type Row = readonly [model: string, chip: string, Precision, number | null, number | null, number | null];

/** The best available result of each chip of the catalogue, for one accelerator; `data/mlperf_inference_v5_1_llm.csv`. */
const ROWS: readonly Row[] = [
  ["deepseek-r1", "b200-sxm", "fp4", 4172.375, 2324.025, null],
  ["deepseek-r1", "gb200-gpu", "fp4", 4023.778, 2327.472, null],
  ["deepseek-r1", "gb300-gpu", "fp4", 5842.486, 2907.333, null],
  ["llama2-70b-99", "b200-sxm", "fp4", 12863.625, 12401.8, 7517.2],
  ["llama2-70b-99", "gb200-gpu", "fp4", 12934.225, 12339.9, 7436.4],
  ["llama2-70b-99", "h100-sxm", "fp8", 3902.469, 3821.062, null],
  ["llama2-70b-99", "h200-sxm", "fp8", 4414.587, 4155.538, 2739.45],
  ["llama2-70b-99", "mi300x", "fp8", 3475.488, 3093.45, 1105.053],
  ["llama2-70b-99", "mi325x", "fp8", 4319.375, 4003.45, 2300.9],
  ["llama3.1-405b", "b200-sxm", "fp4", 207.589, 155.82, 93.949],
  ["llama3.1-405b", "gb200-gpu", "fp4", 205.199, 161.31, 137.792],
  ["llama3.1-405b", "gb300-gpu", "fp4", 223.668, 170.117, null],
  ["llama3.1-405b", "h100-sxm", "fp8", 48.946, 35.217, null],
  ["llama3.1-405b", "h200-sxm", "fp8", 67.876, 36.518, null],
  ["llama3.1-8b", "b200-sxm", "fp4", 17988, 16099.25, null],
  ["llama3.1-8b", "h100-sxm", "fp8", 5777.08, 5103.99, null],
  ["llama3.1-8b", "h200-sxm", "fp8", 7288.038, 5161.375, null],
];

/** What one accelerator makes, and in which precision: a chip that has fp4 was measured with it. */
export interface MeasuredYield {
  readonly chip: string;
  readonly weights: Precision;
  readonly tokensPerSecond: Sourced<TokensPerSecond>;
}

/** The chips that MLPerf Inference v5.1 measured with a model in a scenario; none for a model that it does not know. */
export function measuredYields(model: string, scenario: BenchmarkScenario): readonly MeasuredYield[] {
  return ROWS.flatMap(([name, chip, weights, offline, server, interactive]) => {
    const value = { offline, server, interactive }[scenario];
    if (name !== model || value === null) return [];
    const source = `MLPerf Inference v5.1, closed division, ${model} ${scenario}`;
    const provenance = { unit: "tok/s", source, asOf: "2025-09-09", confidence: "measured" } as const;
    return [{ chip, weights, tokensPerSecond: { value: tokensPerSecond(value), ...provenance } }];
  });
}
