import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTable } from "../catalogue/parseTable.ts";
import { MEASURED_LOAD_CURVE, throughputAtLoad } from "../production/LoadCurve.ts";
import { salesRevenue } from "../salesRevenue.ts";
import { llmTokens, tokensPerSecond, usdPerHour, usdPerMillionTokens } from "../units.ts";
import { costPerMillion } from "./costPerMillion.ts";

const sweep = parseTable(readFileSync(new URL("../../data/load_cost_sweep_h100.csv", import.meta.url), "utf8"));

describe("trap 1: the price of an hour is that of all GPUs", () => {
  it.each(sweep)("$config at $rps req/s: $c_eff_per_mtok $/M", (row) => {
    const cost = costPerMillion(usdPerHour(Number(row.gpu_cost_hr)), tokensPerSecond(Number(row.tps_output)));
    expect((cost ?? 0) / Number(row.c_eff_per_mtok)).toBeCloseTo(1, 4);
  });

  it("two GPUs cost two prices and make the tokens of two; multiplying again would double it", () => {
    const one = costPerMillion(usdPerHour(3.49), tokensPerSecond(5000));
    expect(costPerMillion(usdPerHour(2 * 3.49), tokensPerSecond(2 * 5000))).toBe(one);
  });
});

it("trap 2: 78 % busy by nvidia-smi is 4.1 % utilised: the first row makes a 24th of what it could, at 24 times the cost", () => {
  const [first] = sweep;
  const saturated = sweep.findLast(({ config }) => config === first?.config);
  const [low = Number.NaN, full = Number.NaN] = [first, saturated].map(
    (row) =>
      costPerMillion(usdPerHour(Number(row?.gpu_cost_hr)), tokensPerSecond(Number(row?.tps_output))) ?? undefined,
  );
  expect(full / low).toBeCloseTo(0.041, 3);
  expect(Number(first?.gpu_util_pct)).toBeGreaterThan(78);
  // The source's own word for it.
  expect(low / full).toBeCloseTo(Number(first?.underutil_penalty), 3);
});

it("cost falls as utilisation rises", () => {
  const demand = fc.double({ min: 1, max: 1e5, noNaN: true });
  fc.assert(
    fc.property(demand, fc.double({ min: 1.01, max: 10, noNaN: true }), (tokens, more) => {
      const cost = (offered: number) => {
        const throughput = throughputAtLoad(MEASURED_LOAD_CURVE, tokensPerSecond(offered), tokensPerSecond(6000));
        return costPerMillion(usdPerHour(7), throughput) ?? Number.POSITIVE_INFINITY;
      };
      expect(cost(tokens * more)).toBeLessThanOrEqual(cost(tokens) * (1 + 1e-12));
    }),
  );
});

it("C2: revenue is tokens x price: 10^12 at $2 a million are $2.0M", () => {
  const { revenue } = salesRevenue([{ tokens: llmTokens(10n ** 12n), price: usdPerMillionTokens(2) }]);
  expect(revenue).toBe(2_000_000);
});

it("nothing made has no cost for a million, which is not 0", () => {
  expect(costPerMillion(usdPerHour(1), tokensPerSecond(0))).toBeNull();
  expect(costPerMillion(usdPerHour(0), tokensPerSecond(1))).toBe(0);
});
