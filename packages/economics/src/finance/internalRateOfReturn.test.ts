import fc from "fast-check";
import { expect, it } from "vitest";
import vectors from "../../vectors/finance.json" with { type: "json" };
import { internalRateOfReturn } from "./internalRateOfReturn.ts";
import { netPresentValue } from "./netPresentValue.ts";

it.each(vectors.irr)("C21: capex of 70,000 that pays back over five years returns $irr", ({ flows, irr }) => {
  expect(Math.abs((internalRateOfReturn(flows).rate ?? Number.NaN) - irr)).toBeLessThan(1e-6);
});

it("at the rate found, one outlay and what it brings are worth nothing", () => {
  const income = fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(income, fc.double({ min: 1, max: 5000, noNaN: true }), (inflows, outlay) => {
      const flows = [-outlay, ...inflows];
      const { rate } = internalRateOfReturn(flows);
      if (rate === null) throw new Error(`no rate for ${flows}`);
      expect(Math.abs(netPresentValue(rate, flows))).toBeLessThan(1e-6 * outlay);
    }),
  );
});

it.each([
  ["all outlays", [-1, -1], "NO_INTERNAL_RATE", []],
  ["nothing at all", [0, 0], "NO_INTERNAL_RATE", []],
  ["a project that is cleaned up at the end", [-1000, 2500, -1540], "SEVERAL_INTERNAL_RATES", [0.1, 0.4]],
  ["rates of 10 and 10.5 %", [-1, 1.1 + 1.105, -1.1 * 1.105], "SEVERAL_INTERNAL_RATES", [0.1, 0.105]],
  ["never worth anything, whatever the rate", [-1, 2, -1.1], "NO_INTERNAL_RATE", []],
])("%s: no single rate, and a finding", (_, flows, code, rates) => {
  const result = internalRateOfReturn(flows);
  expect(result.rate).toBeNull();
  expect(result.findings.map((finding) => finding.code)).toEqual([code]);
  expect(result.rates).toEqual(rates.map((rate) => expect.closeTo(rate, 9)));
});

it.each([
  ["a hundredth", 0.01],
  ["10 %", 0.1],
  ["100 %", 1],
])("%s, which is worth nothing and never more, is the one rate", (_, rate) => {
  // -(1 - (1 + rate) / growth)^2
  const result = internalRateOfReturn([-1, 2 * (1 + rate), -((1 + rate) ** 2)]);
  expect(result).toMatchObject({ rate: expect.closeTo(rate, 9), findings: [] });
});

it("says where it looked: an outlay that comes back ten million times has a rate beyond", () => {
  const { rate, findings } = internalRateOfReturn([-1, 1e7]);
  expect(rate).toBeNull();
  expect(findings).toMatchObject([{ message: expect.stringContaining("from 10^-6 to 10^6") }]);
});

it("finds any two rates, near or far", () => {
  const growth = fc.double({ min: 0.01, max: 100, noNaN: true });
  fc.assert(
    fc.property(growth, fc.double({ min: 1.0001, max: 100, noNaN: true }), (low, times) => {
      const high = low * times;
      const { rates } = internalRateOfReturn([-1, low + high, -low * high]);
      expect(rates.map((rate) => rate + 1)).toEqual([low, high].map((each) => expect.closeTo(each, 6)));
    }),
  );
});

it("refuses a flow that is not a number", () => {
  expect(() => internalRateOfReturn([-1, Number.NaN])).toThrow(RangeError);
});
