import { describe, expect, it } from "vitest";
import { sumMetric } from "./sumMetric.ts";

const text = `# HELP vllm:prompt_tokens_total Number of prefill tokens processed.
# TYPE vllm:prompt_tokens_total counter
vllm:prompt_tokens_total{engine="0",model_name="a b"} 1.2e+03
vllm:prompt_tokens_total{engine="1",model_name="}x"} 34 1732000000000
vllm:prompt_tokens_total_created{engine="0"} 99
DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION{gpu="0"} 5000000000123
plain 7
broken{a="1"} NaN
text_in_help vllm
`;

describe("sumMetric", () => {
  it.each([
    ["vllm:prompt_tokens_total", 1234n],
    ["DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", 5000000000123n],
    ["plain", 7n],
    ["broken", null],
    ["absent", null],
    ["prompt_tokens_total", null],
  ])("%s", (name, sum) => {
    expect(sumMetric(text, name)).toBe(sum);
  });

  it("reads a text without a line end", () => {
    expect(sumMetric("plain 7", "plain")).toBe(7n);
  });
});
