import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { accelerator } from "../catalogue/accelerators.ts";
import { modelShape } from "../catalogue/modelShapes.ts";
import { parseTable } from "../catalogue/parseTable.ts";
import { median } from "../quantities/quantile.ts";
import { checkBound } from "./checkBound.ts";
import type { Exchange } from "./communicationBound.ts";
import { decodeBound, decodeEstimate } from "./decodeBound.ts";

const rows = parseTable(readFileSync(new URL("../../data/mlenergy_llm_points.csv", import.meta.url), "utf8"));
/** Layers and widths of the models' published configurations (config.json). */
const models: Readonly<Record<string, readonly [id: string, layers: number, hidden: number]>> = {
  "meta-llama/Llama-3.1-8B-Instruct": ["llama-3.1-8b", 32, 4096],
  "meta-llama/Llama-3.1-70B-Instruct": ["llama-3.1-70b", 80, 8192],
  "Qwen/Qwen3-32B": ["qwen3-32b", 64, 5120],
  "Qwen/Qwen3-30B-A3B-Instruct-2507": ["qwen3-30b-a3b", 48, 2048],
};
const points = rows.flatMap((row) => {
  const known = models[row.model ?? ""];
  if (known === undefined) return [];
  const [id, layers, hidden] = known;
  const group = Number(row.num_gpus);
  const chip = row.gpu_model === "H100" ? "h100-sxm" : "b200-sxm";
  const exchange: Exchange = { layers, hidden, allReduces: 2, activations: "bf16" };
  return [
    {
      id,
      sparse: row.architecture === "MoE",
      placement: { model: modelShape(id), accelerator: accelerator(chip), group, weights: "bf16", cache: "bf16" },
      step: { batch: Number(row.avg_batch_size), context: 0 },
      exchange,
      value: Number(row.output_tokens_per_s),
    } as const,
  ];
});

const share = ({ value }: (typeof points)[number], throughput: number) => {
  expect(checkBound("measurement", { what: "throughput", value, bound: throughput })).toEqual([]);
  return value / throughput;
};

describe("dense models of ML.ENERGY", () => {
  const dense = points.filter(({ sparse }) => !sparse);

  it("stay below their bound in all rows: the best by a quarter, half of them by two thirds", () => {
    const shares = dense.map((point) => share(point, decodeBound(point.placement, point.step).throughput));
    expect(shares).toHaveLength(73);
    expect(Math.max(...shares)).toBeLessThan(0.77);
    expect(median(shares)).toBeCloseTo(0.3, 1);
  });

  it("stay below it with communication, too, which takes up to a seventh of a step", () => {
    const shares = dense.map((point) => {
      const bound = decodeBound(point.placement, { ...point.step, exchange: point.exchange });
      expect(bound.communication > 0).toBe(point.placement.group > 1);
      return { share: share(point, bound.throughput), communication: bound.communication / bound.stepTime };
    });
    expect(Math.max(...shares.map((one) => one.share))).toBeLessThan(0.77);
    expect(Math.max(...shares.map((one) => one.communication))).toBeCloseTo(0.14, 2);
  });
});

describe("a mixture of experts", () => {
  const routing = { experts: 128, perToken: 8 };
  const sparse = points.filter(({ sparse }) => sparse);

  it("is far below the bound of one token's experts, and below the estimate as dense models are below their bound", () => {
    const shares = sparse.map((point) => ({
      bound: share(point, decodeBound(point.placement, point.step).throughput),
      estimate: share(point, decodeEstimate(point.placement, point.step, routing).throughput),
    }));
    expect(shares).toHaveLength(31);
    expect(Math.max(...shares.map(({ bound }) => bound))).toBeLessThan(0.16);
    expect(Math.max(...shares.map(({ estimate }) => estimate))).toBeCloseTo(0.7, 1);
  });
});

it("8B at fp8 labelled as bf16 is found out: 211 tok/s for one user", () => {
  const [placement] = points.filter(({ id }) => id === "llama-3.1-8b").map((point) => point.placement);
  if (placement === undefined) throw new Error("no row of llama-3.1-8b");
  const bound = decodeBound({ ...placement, accelerator: accelerator("h100-sxm") }, { batch: 1, context: 0 }).perUser;
  expect(checkBound("measurement", { what: "tok/s/user", value: 211, bound })).toHaveLength(1);
});
