import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { accelerator } from "./accelerators.ts";
import { type BenchmarkScenario, measuredYields } from "./measuredYields.ts";
import { parseTable } from "./parseTable.ts";

const chips: Readonly<Record<string, string>> = {
  "NVIDIA H100-SXM-80GB": "h100-sxm",
  "NVIDIA H200-SXM-141GB": "h200-sxm",
  "NVIDIA B200-SXM-180GB": "b200-sxm",
  "NVIDIA GB200": "gb200-gpu",
  "NVIDIA GB300": "gb300-gpu",
  "AMD Instinct MI300X 192GB HBM3": "mi300x",
  "AMD Instinct MI325X 256GB HBM3e": "mi325x",
};
const rows = parseTable(
  readFileSync(new URL("../../data/mlperf_inference_v5_1_llm.csv", import.meta.url), "utf8"),
).filter((row) => row.units_as_published === "Tokens/s" && chips[row.accelerator ?? ""] !== undefined);
const models = [...new Set(rows.map(({ model = "" }) => model))];
const scenarios: readonly BenchmarkScenario[] = ["offline", "server", "interactive"];

it.each(models)("%s: every chip's best published result, and no other", (model) => {
  for (const scenario of scenarios) {
    const published = new Map<string, number>();
    for (const row of rows) {
      if (row.model !== model || row.scenario?.toLowerCase() !== scenario) continue;
      const chip = chips[row.accelerator ?? ""] ?? "";
      published.set(chip, Math.max(published.get(chip) ?? 0, Number(row.performance_per_accelerator)));
      expect(measuredYields(model, scenario).find((found) => found.chip === chip)?.weights).toBe(row.weight_dtype);
    }
    const found = measuredYields(model, scenario).map(({ chip, tokensPerSecond }) => [chip, tokensPerSecond.value]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(published));
  }
});

it("all of them are chips of the catalogue, measured by whoever published them; an unknown model has none", () => {
  for (const { chip, tokensPerSecond } of measuredYields("llama2-70b-99", "server")) {
    expect(accelerator(chip).id).toBe(chip);
    expect(tokensPerSecond).toMatchObject({ unit: "tok/s", confidence: "measured", asOf: "2025-09-09" });
  }
  expect(measuredYields("llama-4", "server")).toEqual([]);
});
