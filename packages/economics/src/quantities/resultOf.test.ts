import { describe, expect, expectTypeOf, it } from "vitest";
import { electricityPrice } from "../catalogue/electricityPrices.ts";
import { costPerMillion } from "../cost/costPerMillion.ts";
import { compareHardware } from "../finance/compareHardware.ts";
import { fitServingCurve } from "../production/ServingCurve.ts";
import {
  tokensPerSecond,
  type UsdPerHour,
  type UsdPerKilowattHour,
  type UsdPerMillionTokens,
  usdPerHour,
  usdPerKilowattHour,
  usdPerMillionTokens,
  watts,
} from "../units.ts";
import type { Finding } from "./Finding.ts";
import { resultOf } from "./resultOf.ts";
import { results } from "./results.ts";
import type { Sourced } from "./Sourced.ts";
import { sourced } from "./testing/sourced.ts";

const chat = { model: "llama-3.1-70b", precision: "fp8", interactivity: 50 };
const hour = sourced(usdPerHour(3.6), "USD/h", { asOf: "2026-04-03" });
const throughput = sourced(tokensPerSecond(1000), "tok/s", { operatingPoint: chat, confidence: "measured" });
const codes = ({ findings }: { readonly findings: readonly Finding[] }) => findings.map(({ code }) => code);

const curve = fitServingCurve([8, 64].map((batch) => ({ batch, throughput: tokensPerSecond(9 * batch) })));
const option = {
  name: "H100",
  year: 2022,
  tokensPerSecond: throughput,
  hour,
  hourCovers: "all",
  power: null,
} as const;
const site = {
  load: tokensPerSecond(5000),
  electricity: usdPerKilowattHour(0.08),
  price: usdPerMillionTokens(1),
  year: 2026,
};

/** a x b, or unknown if that is above 100. */
const product = resultOf(({ a, b }: { readonly a: number; readonly b: number }) => (a * b > 100 ? null : a * b), "1", {
  a: ["1", "J"],
  b: ["1", "J"],
});

describe("a result", () => {
  it("is the plain formula's figure, with all that a reader has to know", () => {
    expect(results.costPerMillion({ hour, throughput })).toEqual({
      value: costPerMillion(hour.value, throughput.value),
      unit: "USD/M tokens",
      boundary: null,
      operatingPoint: chat,
      inputsUsed: { hour, throughput },
      findings: [],
      source: "computed from hour, throughput",
      asOf: "2026-04-03",
      confidence: "published",
    });
  });

  it("is an input of the next formula, and leads back to the first sources", () => {
    const found: Finding = { code: "PLACEHOLDER", severity: "warning", message: "1.2 times the chip before." };
    const gpus = resultOf(
      ({ each, count }: { readonly each: UsdPerHour; readonly count: number }) => usdPerHour(each * count),
      "USD/h",
      { each: "USD/h", count: "GPUs" },
    );
    const each = { ...hour, findings: [found] };
    const rack = gpus({ each, count: sourced(72, "GPUs", { asOf: "2026", confidence: "assumed" }) });
    const cost = results.costPerMillion({ hour: rack, throughput });
    expect(cost).toMatchObject({ value: 72, asOf: "2026", confidence: "assumed", findings: [found] });
    expect(cost.inputsUsed.hour).toMatchObject({ inputsUsed: { each } });
  });

  it("says a finding once, however many ways it came", () => {
    const doubted = { ...throughput, findings: [{ code: "OLD", severity: "info", message: "Of last year." } as const] };
    const power = sourced(watts(700), "W", { boundary: "gpu" });
    const { tokensPerJoule } = results.energyPerToken({ power, throughput: doubted });
    const both = resultOf((of: { readonly a: number; readonly b: number }) => of.a * of.b, "1", {
      a: "tok/J",
      b: "tok/s",
    });
    expect(codes(both({ a: tokensPerJoule, b: doubted }))).toEqual(["OLD"]);
  });

  it.each([
    ["2026-04", "2026-04-03", "2026-04"],
    ["2025-12-31", "2026", "2025-12-31"],
  ])("of %s and %s is as of %s", (a, b, asOf) => {
    expect(product({ a: sourced(1, "1", { asOf: a }), b: sourced(1, "1", { asOf: b }) }).asOf).toBe(asOf);
  });

  it("needs an input, and dates that can be compared", () => {
    expect(() => resultOf(() => 1, "1", {})({})).toThrow("needs inputs");
    expect(() => product({ a: sourced(1, "1", { asOf: "3 April 2026" }), b: sourced(1, "1") })).toThrow("YYYY-MM-DD");
  });
});

it("has the formula's own units: tsc holds that", () => {
  expectTypeOf(results.costPerMillion({ hour, throughput }).value).toEqualTypeOf<UsdPerMillionTokens | null>();
  // @ts-expect-error a throughput is not an hour's price
  expect(() => results.costPerMillion({ hour: throughput, throughput: { ...throughput, value: null } })).toThrow();
});

describe("units", () => {
  it.each([
    ["hour", { hour: { ...hour, unit: "EUR/h" }, throughput }, "hour is in EUR/h, not in USD/h or USD/GPU-h"],
    ["throughput", { hour, throughput: { ...throughput, unit: "tok/min" } }, "throughput is in tok/min, not in tok/s"],
  ])("of another %s than the formula's are refused", (_, inputs, message) => {
    expect(() => results.costPerMillion(inputs)).toThrow(message);
  });

  it.each([
    ["a curve", () => results.throughputAtBatch({ curve: sourced(curve, "tok/min by batch"), batch: sourced(1, "1") })],
    ["a row of prices", () => results.netPresentValue({ rate: sourced(0, "1/period"), flows: sourced([1], "EUR") })],
    ["an option's hour", () => compareHardware([{ ...option, hour: sourced(usdPerHour(1), "EUR/h") }], site)],
  ])("of %s are compared as those of a number", (_, result) => {
    expect(result).toThrow(/ is in (tok\/min by batch|EUR|EUR\/h), not in/);
  });

  it("of an input that the formula does not have are none", () => {
    const more = { hour, throughput, batch: sourced(8, "1") };
    expect(() => results.costPerMillion(more)).toThrow("no input batch");
  });

  it("that make no difference are taken", () => {
    expect(results.costPerMillion({ hour: { ...hour, unit: "USD/GPU-h" }, throughput }).value).toBe(1);
  });

  it("of a published price count, too: Europe's electricity is in euros", () => {
    const price = electricityPrice("EU-27", "non-household") as Sourced<UsdPerKilowattHour> | null;
    const power = sourced(watts(700), "W", { boundary: "facility" });
    if (price === null) throw new Error("no price");
    expect(() => results.energyCostPerMillion({ power, throughput, price })).toThrow("price is in EUR/kWh");
  });
});

describe("operating points", () => {
  it("are put together from what each input says", () => {
    const more = { model: chat.model, outputTokens: 256 };
    const priced = { ...hour, operatingPoint: more };
    expect(results.costPerMillion({ hour: priced, throughput })).toMatchObject({
      operatingPoint: { ...chat, ...more },
      findings: [],
    });
  });

  it("that differ are no operating point: an error, with both, and what they agree on", () => {
    const fast = { ...hour, operatingPoint: { ...chat, interactivity: 125 } };
    const cost = results.costPerMillion({ hour: fast, throughput });
    expect(cost.operatingPoint).toEqual({ model: chat.model, precision: "fp8" });
    expect(cost.findings).toEqual([
      {
        code: "DIFFERENT_OPERATING_POINTS",
        severity: "error",
        message: "The inputs differ in interactivity: 125 (hour), 50 (throughput).",
      },
    ]);
  });

  it("are missed where a figure means nothing without one", () => {
    const { operatingPoint: _, ...bare } = throughput;
    expect(codes(results.costPerMillion({ hour, throughput: bare }))).toEqual(["OPERATING_POINT_UNSTATED"]);
  });
});

describe("boundaries", () => {
  const power = sourced(watts(700), "W", { boundary: "gpu" });

  it("pass to the result, or become what the formula makes of them", () => {
    expect(results.energyPerToken({ power, throughput }).tokensPerJoule.boundary).toBe("gpu");
    const it = { ...power, boundary: "it" } as const;
    const pue = sourced(1.2, "1");
    expect(results.energyPerTokenAtFacility({ power: it, throughput, pue }).tokensPerJoule.boundary).toBe("facility");
  });

  it("that differ are an error, and no boundary", () => {
    const a = sourced(1, "J", { boundary: "gpu" });
    const b = sourced(1, "J", { boundary: "facility" });
    expect(product({ a, b })).toMatchObject({ boundary: null, findings: [{ code: "DIFFERENT_BOUNDARIES" }] });
  });

  it("refuse a figure that would be meaningless", () => {
    const { boundary: _, ...bare } = power;
    expect(() => results.energyPerToken({ power: bare, throughput })).toThrow("not stated");
    const price = sourced(1, "USD/kWh") as never;
    expect(() => results.energyCostPerMillion({ power, throughput, price })).toThrow("gpu");
  });
});
