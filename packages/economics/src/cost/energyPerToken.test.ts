import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import vectors from "../../data/numeric_test_vectors.json" with { type: "json" };
import { gpuHour } from "../catalogue/gpuHours.ts";
import { parseTable } from "../catalogue/parseTable.ts";
import { unitEconomics } from "../revenue/unitEconomics.ts";
import { fraction, tokensPerSecond, usdPerHour, usdPerKilowattHour, usdPerMillionTokens, watts } from "../units.ts";
import { atFacility, energyCostPerMillion, energyPerToken } from "./energyPerToken.ts";

const read = (file: string) => parseTable(readFileSync(new URL(`../../data/${file}`, import.meta.url), "utf8"));

/** Results that MLPerf published with the power of the whole system. */
const measured = read("mlperf_inference_v5_1_llm.csv").filter(({ system_power_W }) => system_power_W !== "");
const [offline] = measured.map((row) => ({
  power: watts(Number(row.system_power_W)),
  capacity: tokensPerSecond(Number(row.performance_result)),
}));
if (offline === undefined) throw new Error("no system was measured");

describe("C5: tokens per watt are tokens per joule", () => {
  it("Llama 2 70B on eight B200 makes 9.894 of them offline, and 9.496 as a server", () => {
    expect(measured.map(({ tokens_per_joule_system }) => Number(tokens_per_joule_system).toFixed(3))).toEqual([
      "9.894",
      "9.496",
    ]);
  });

  it.each(measured)("MLPerf $id $scenario: $tokens_per_joule_system tok/J, measured at the whole system", (row) => {
    const energy = energyPerToken(
      watts(Number(row.system_power_W)),
      tokensPerSecond(Number(row.performance_result)),
      "it",
    );
    expect(energy.tokensPerJoule).toBeCloseTo(Number(row.tokens_per_joule_system), 4);
    expect(energy.tokensPerSecondPerMegawatt).toBeCloseTo(energy.tokensPerJoule * 1e6, 3);
    expect(energy.boundary).toBe("it");
  });

  it("of which a million in a second take a megawatt", () => {
    const [{ tok_per_j = 0, tok_s_per_mw = 0 } = {}] = vectors.units;
    const energy = energyPerToken(watts(1), tokensPerSecond(tok_per_j), "gpu");
    expect(energy.tokensPerSecondPerMegawatt).toBeCloseTo(tok_s_per_mw, 3);
  });
});

it("every point of ML.ENERGY is power over throughput, to the digits it was published with", () => {
  const rows = read("mlenergy_llm_points.csv");
  for (const row of rows) {
    const power = watts(Number(row.avg_gpu_power_w_all_gpus));
    const { joulesPerToken } = energyPerToken(power, tokensPerSecond(Number(row.output_tokens_per_s)), "gpu");
    expect(Math.abs(joulesPerToken - Number(row.energy_j_per_output_token))).toBeLessThan(0.000051);
  }
  expect(rows.length).toBeGreaterThan(140);
});

it("C22: PUE stays: at the building a token takes PUE times the energy that it takes at the machine", () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 3, noNaN: true }), (pue) => {
      const it = energyPerToken(watts(10_400), tokensPerSecond(102_909), "it");
      const facility = atFacility(it, pue);
      expect(facility.boundary).toBe("facility");
      expect(it.tokensPerJoule / facility.tokensPerJoule).toBeCloseTo(pue, 9);
    }),
  );
});

it("C6: revenue per watt grows with price and with tokens per joule", () => {
  // 9.894 tok/J at $2/M: a watt-hour makes 35,618 tokens, $0.0712, and a kilowatt-hour sells for $71.2.
  const none = { machines: usdPerHour(0), electricity: usdPerKilowattHour(0), utilisation: fraction(1) };
  const at = (price: number) => unitEconomics({ ...none, ...offline, price: usdPerMillionTokens(price) });
  const { revenuePerKilowattHour, tokensPerJoule } = at(2);
  expect(revenuePerKilowattHour).toBeCloseTo(71.2, 1);
  expect((at(6).revenuePerKilowattHour ?? 0) / (revenuePerKilowattHour ?? 1)).toBeCloseTo(3, 12);
  expect(tokensPerJoule).toBeCloseTo(energyPerToken(offline.power, offline.capacity, "it").tokensPerJoule, 9);
});

it("C26: a price for a million tokens stands beside kilowatt-hours for a million and dollars for a kilowatt-hour", () => {
  const energy = atFacility(energyPerToken(offline.power, offline.capacity, "it"), 1.2);
  expect(energy.kilowattHoursPerMillion).toBeCloseTo((offline.power * 1.2 * 1e6) / offline.capacity / 3.6e6, 9);
  const price = usdPerKilowattHour(0.08);
  expect(energyCostPerMillion(energy, price)).toBeCloseTo(energy.kilowattHoursPerMillion * price, 12);
});

describe("trap 7: a watt is a watt of something", () => {
  it("0.7 kW of chip are 1.73 kW at the utility for the same H100, and the same tokens", () => {
    const throughput = tokensPerSecond(1557);
    const chip = energyPerToken(watts(700), throughput, "gpu");
    const utility = energyPerToken(gpuHour("h100").allInPower.value, throughput, "all-in");
    expect(chip.tokensPerJoule / utility.tokensPerJoule).toBeCloseTo(1730 / 700, 9);
    expect(utility.tokensPerSecondPerMegawatt).toBeCloseTo(900_000, -3);
  });

  it.each(["gpu", "facility", "all-in"] as const)("PUE is not for %s energy", (boundary) => {
    expect(() => atFacility(energyPerToken(watts(1), tokensPerSecond(1), boundary), 1.2)).toThrow(boundary);
  });

  it.each(["gpu", "it"] as const)("and the utility does not bill %s energy", (boundary) => {
    const energy = energyPerToken(watts(1), tokensPerSecond(1), boundary);
    expect(() => energyCostPerMillion(energy, usdPerKilowattHour(1))).toThrow(boundary);
  });
});

it("refuses no power and no tokens", () => {
  expect(() => energyPerToken(watts(0), tokensPerSecond(1), "it")).toThrow("power");
  expect(() => energyPerToken(watts(1), tokensPerSecond(0), "it")).toThrow("throughput");
});
