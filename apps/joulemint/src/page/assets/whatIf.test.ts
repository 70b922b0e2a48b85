import { describe, expect, it } from "vitest";
import { RISK_RUNS, riskOf, type WhatIf, whatIf, whatIfInputs } from "./whatIf.ts";

const example = Object.fromEntries(Object.entries(whatIfInputs).map(([name, { value }]) => [name, value])) as WhatIf;
// One machine, bought for $26.28, that sells a token a second for $1 a million: $2.628 a month of 2,628,000 s.
const plain: WhatIf = {
  price: 1,
  priceFactorPerYear: 1,
  electricity: 0,
  pue: 1,
  utilisation: 1,
  accelerators: 1,
  tokensPerSecond: 1,
  power: 2,
  capex: 26.28,
  residual: 0,
  opexPerYear: 0,
  months: 20,
  discountRate: 0,
};

describe("whatIf", () => {
  it.each<
    [string, Partial<WhatIf>, { margin?: number; cost?: number; tokensPerJoule?: number; months: number | null }]
  >([
    ["pays back half-way, at half the price", {}, { cost: 0.5, margin: 0.5, tokensPerJoule: 0.5, months: 10 }],
    ["makes tokens for the facility's joules", { pue: 1.25 }, { tokensPerJoule: 0.4, months: 10 }],
    ["costs twice as much at half the load", { utilisation: 0.5 }, { cost: 1, margin: 0, months: 20 }],
    ["never pays at less", { utilisation: 0.25 }, { cost: 2, margin: -1, months: null }],
    // 2 W for a token a second are 2 MJ, 5/9 kWh, for a million.
    ["adds electricity", { electricity: 0.45 }, { cost: 0.75, margin: 0.25, months: 40 / 3 }],
    ["adds what runs it", { opexPerYear: 12 * 0.657 }, { cost: 0.75, margin: 0.25, months: 40 / 3 }],
  ])("%s", (_, change, { months, ...expected }) => {
    const { rates, paybackMonths } = whatIf({ ...plain, ...change });
    for (const [name, value] of Object.entries(expected)) {
      expect(rates[name as keyof typeof expected], name).toBeCloseTo(value, 9);
    }
    if (months === null) expect(paybackMonths).toBeNull();
    else expect(paybackMonths).toBeCloseTo(months, 9);
  });

  it("breaks even at its break-even figures", () => {
    const { rates, breakEvenStartPrice } = whatIf(example);
    expect(whatIf({ ...example, price: rates.cost ?? Number.NaN }).rates.margin).toBeCloseTo(0, 12);
    expect(whatIf({ ...example, utilisation: rates.breakEvenUtilisation ?? Number.NaN }).rates.margin).toBeCloseTo(
      0,
      12,
    );
    expect(whatIf({ ...example, price: breakEvenStartPrice ?? Number.NaN }).plan.netPresentValue).toBeCloseTo(0, 3);
  });

  it.each<[string, Partial<WhatIf>, number]>([
    ["what is given away breaks even at the same price as what is sold", { price: 0 }, 0.5],
    // A residual of all of it, and no interest: sums of it must not come out below nothing.
    ["machines that keep their worth need no price", { residual: 26.28, price: 0.7, months: 7 }, 0],
  ])("%s", (_, change, price) => {
    expect(whatIf({ ...plain, ...change }).breakEvenStartPrice).toBeCloseTo(price, 12);
  });

  it.each<[Partial<WhatIf>, string[], string[]]>([
    [{}, [], []],
    [{ utilisation: 0 }, ["cost", "energyCost", "marginPerMillion", "margin", "markUp"], ["UTILISATION_ZERO"]],
    [{ price: 0 }, ["margin", "breakEvenUtilisation"], ["PRICE_ZERO"]],
  ])("of %j says which figures have no value, and all that is to be known", (change, figures, codes) => {
    const { why, findings } = whatIf({ ...plain, ...change });
    expect(Object.entries(why).flatMap(([figure, found]) => (found.length > 0 ? [figure] : []))).toEqual(figures);
    const all = ["UTILISATION_TYPED", "OPERATING_POINT_UNSTATED", ...codes];
    expect(findings.map(({ code }) => code)).toEqual(expect.arrayContaining(all));
    expect(new Set(findings.map(({ code }) => code)).size).toBe(findings.length);
  });

  it.each<Partial<WhatIf>>([
    { utilisation: 1.1 },
    { pue: 0.9 },
    { price: -1 },
    { price: Number.NaN },
    { months: 241 },
    { residual: 27 },
  ])("refuses %j", (change) => {
    expect(() => whatIf({ ...plain, ...change })).toThrow(RangeError);
    expect(() => riskOf({ ...plain, ...change })).toThrow(RangeError);
  });
});

describe("riskOf", () => {
  it("draws the same each time, around what is asked", () => {
    const { outcomes, p5, p50, p95 } = riskOf(example);
    expect(outcomes).toHaveLength(RISK_RUNS);
    expect(riskOf(example).outcomes).toEqual(outcomes);
    const { netPresentValue } = whatIf(example).plan;
    expect(p5).toBeLessThan(netPresentValue);
    expect(p95).toBeGreaterThan(netPresentValue);
    expect(p5).toBeLessThan(p50);
  });

  it("leaves alone what is nothing: free electricity stays free", () => {
    const { tornado } = riskOf(plain);
    expect(tornado.find(({ variable }) => variable === "electricity")).toMatchObject({ low: 26.28, high: 26.28 });
  });
});
