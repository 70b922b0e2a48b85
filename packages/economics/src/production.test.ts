import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Production, type ProductionInput, production } from "./production.ts";
import { salesRevenue } from "./salesRevenue.ts";
import { joules, llmTokens, seconds, usd, usdPerHour, usdPerKilowattHour, usdPerMillionTokens } from "./units.ts";

const HOUR = seconds(3600);
const noElectricity = { energy: joules(0), price: usdPerKilowattHour(0) };
const noMachines = { time: seconds(0), price: usdPerHour(0) };

/** 10^12 tokens for $0.8M, $500k of machines and $300k of power, at $2 for a million tokens. */
function trillion(sold: bigint): ProductionInput {
  return {
    produced: llmTokens(10n ** 12n),
    served: llmTokens(10n ** 12n),
    ...salesRevenue([{ tokens: llmTokens(sold), price: usdPerMillionTokens(2) }]),
    electricity: { energy: joules(3.6e6 * 3e6), price: usdPerKilowattHour(0.1) },
    machines: { time: seconds(3600 * 250_000), price: usdPerHour(2) },
    capacity: llmTokens(2n * 10n ** 12n),
  };
}

describe("worked examples", () => {
  it("all sold: $2.0M of revenue, $0.8M of cost, $1.2M of profit", () => {
    const all = production(trillion(10n ** 12n));
    expect(all).toMatchObject({ revenue: 2_000_000, machineCost: 500_000, unserved: 0n, unbilled: 0n });
    expect(all.electricityCost).toBeCloseTo(300_000, 6);
    expect(all.profit).toBeCloseTo(1_200_000, 6);
    expect(all.margin).toBeCloseTo(0.6, 12);
    expect(all.markUp).toBeCloseTo(1.5, 12);
    expect(all.marginPerMillion).toBeCloseTo(1.2, 12);
    expect(all.breakEvenPrice).toBeCloseTo(0.8, 12);
    expect(all.utilisation).toBe(0.5);
    expect(all.breakEvenUtilisation).toBeCloseTo(0.2, 12);
  });

  it("60 % sold: $0.40M of profit, because what was not sold is paid for, too", () => {
    const part = production(trillion(6n * 10n ** 11n));
    expect(part.revenue).toBeCloseTo(1_200_000, 6);
    expect(part.profit).toBeCloseTo(400_000, 6);
    expect(part.costPerMillionProduced).toBeCloseTo(0.8, 12);
    expect(part.breakEvenPrice).toBeCloseTo(1.333333333, 9);
    expect(part.unbilled).toBe(4n * 10n ** 11n);
  });

  it.each([
    ["H200 at $1.41 an hour, 90 tokens per second", 1.41, 90n, 4.352],
    ["GB300 at $2.65 an hour, 6000 tokens per second", 2.65, 6000n, 0.1227],
  ])("%s", (_, price, tokensPerSecond, costPerMillion) => {
    const hour = production({
      produced: llmTokens(tokensPerSecond * 3600n),
      served: null,
      sold: null,
      revenue: null,
      electricity: noElectricity,
      machines: { time: HOUR, price: usdPerHour(price) },
      capacity: null,
    });
    expect(hour.costPerMillionProduced).toBeCloseTo(costPerMillion, 3);
  });

  it("sold at the break-even price, or at the break-even utilisation, a window earns nothing", () => {
    const window = trillion(6n * 10n ** 11n);
    const { breakEvenPrice, breakEvenUtilisation } = production(window);
    const atPrice = salesRevenue([
      { tokens: llmTokens(6n * 10n ** 11n), price: breakEvenPrice ?? usdPerMillionTokens(0) },
    ]);
    expect(production({ ...window, ...atPrice }).profit).toBeCloseTo(0, 6);
    const sold = BigInt(Math.round((breakEvenUtilisation ?? 0) * 2e12));
    expect(production(trillion(sold)).profit).toBeCloseTo(0, 5);
  });
});

it("keeps what was produced for nobody apart from what was served and not charged", () => {
  const counts = { produced: llmTokens(100n), served: llmTokens(70n), sold: llmTokens(64n) };
  expect(production({ ...trillion(0n), ...counts })).toMatchObject({ unserved: 30n, unbilled: 6n });
});

describe("an unknown stays unknown", () => {
  const known = trillion(10n ** 12n);
  const needs: [string, Partial<ProductionInput>, (keyof Production)[]][] = [
    ["produced", { produced: null }, ["unserved", "costPerMillionProduced"]],
    ["served", { served: null }, ["unserved", "unbilled"]],
    [
      "sold",
      { sold: null },
      ["unbilled", "averagePrice", "marginPerMillion", "breakEvenPrice", "utilisation", "breakEvenUtilisation"],
    ],
    [
      "revenue",
      { revenue: null },
      ["revenue", "profit", "margin", "markUp", "averagePrice", "marginPerMillion", "breakEvenUtilisation"],
    ],
    ["energy", { electricity: { ...known.electricity, energy: null } }, ["electricityCost", ...costResults()]],
    ["price of power", { electricity: { ...known.electricity, price: null } }, ["electricityCost", ...costResults()]],
    ["machine time", { machines: { ...known.machines, time: null } }, ["machineCost", ...costResults()]],
    ["machine price", { machines: { ...known.machines, price: null } }, ["machineCost", ...costResults()]],
    ["capacity", { capacity: null }, ["utilisation", "breakEvenUtilisation"]],
  ];
  it.each(needs)("%s", (_, unknown, expected) => {
    const result = production({ ...known, ...unknown });
    const nulls = Object.entries(result).flatMap(([key, value]) => (value === null ? [key] : []));
    expect(nulls.sort()).toEqual([...expected].sort());
  });

  function costResults(): (keyof Production)[] {
    return [
      "cost",
      "profit",
      "margin",
      "markUp",
      "marginPerMillion",
      "costPerMillionProduced",
      "breakEvenPrice",
      "breakEvenUtilisation",
    ];
  }
});

it("knows zero from unknown: an idle window costs money and has no price", () => {
  const idle = production({ ...trillion(0n), produced: llmTokens(0n), served: llmTokens(0n) });
  expect(idle).toMatchObject({ unserved: 0n, unbilled: 0n, revenue: 0, utilisation: 0, markUp: -1 });
  expect(idle.profit).toBeCloseTo(-800_000, 6);
  expect(idle).toMatchObject({ margin: null, averagePrice: null, breakEvenPrice: null, breakEvenUtilisation: null });
});

it("a free factory has no mark-up", () => {
  const free = production({ ...trillion(10n ** 12n), electricity: noElectricity, machines: noMachines });
  expect(free).toMatchObject({ cost: 0, margin: 1, markUp: null, breakEvenPrice: 0 });
});

it.each([
  ["produced >= served", { produced: 1n, served: 2n, sold: 0n }],
  ["served >= sold", { produced: 3n, served: 1n, sold: 2n }],
  ["produced >= sold", { produced: 1n, served: null, sold: 2n }],
])("refuses counts that break %s, and says so", (order, { produced, served, sold }) => {
  const counts = {
    produced: llmTokens(produced),
    served: served === null ? null : llmTokens(served),
    sold: llmTokens(sold),
  };
  expect(() => production({ ...trillion(0n), ...counts })).toThrow(RangeError);
  expect(() => production({ ...trillion(0n), ...counts })).toThrow(order);
});

it("margin and mark-up are two views of one profit", () => {
  const money = fc.double({ min: 1, max: 1000, noNaN: true }).map(usd);
  fc.assert(
    fc.property(money, fc.double({ min: 1, max: 1000, noNaN: true }), (revenue, hourly) => {
      const machines = { time: HOUR, price: usdPerHour(hourly) };
      const { margin, markUp } = production({ ...trillion(1n), revenue, electricity: noElectricity, machines });
      // 1 / (1 - margin) = revenue / cost = 1 + mark-up
      expect((1 - (margin ?? Number.NaN)) * (1 + (markUp ?? Number.NaN))).toBeCloseTo(1, 9);
    }),
  );
});
