import { describe, expect, it } from "vitest";
import { accelerator } from "../catalogue/accelerators.ts";
import { capexPerGigawatt } from "../catalogue/capexPerGigawatt.ts";
import { production } from "../production.ts";
import { joules, seconds, usd, usdPerHour, usdPerKilowattHour } from "../units.ts";
import { disagreement } from "./disagreement.ts";
import { timesOf } from "./timesOf.ts";

describe("trap 5: percentages", () => {
  it.each([
    [1500, 16],
    [100, 2],
    [0, 1],
    [-50, 0.5],
  ])("%d % more is %d times", (percent, times) => {
    expect(timesOf(percent)).toBe(times);
  });

  it("nothing is less by more than all of it", () => {
    expect(() => timesOf(-101)).toThrow(RangeError);
  });

  it("a profit of 545 % of cost is a mark-up; as a margin it is 84.5 %", () => {
    const { markUp, margin } = production({
      produced: null,
      served: null,
      sold: null,
      capacity: null,
      revenue: usd(6.45),
      electricity: { energy: joules(0), price: usdPerKilowattHour(0) },
      machines: { time: seconds(3600), price: usdPerHour(1) },
    });
    expect(markUp).toBeCloseTo(5.45, 12);
    expect(margin).toBeCloseTo(5.45 / 6.45, 12);
  });
});

describe("trap 9: a gigawatt costs 35 to 100 billion dollars, by whoever says so", () => {
  it("which is a finding with both ends", () => {
    expect(disagreement("A gigawatt", capexPerGigawatt, 0.1)).toMatchObject({
      code: "SOURCES_DISAGREE",
      stated: 35e9,
      computed: 100e9,
    });
  });

  it("while sources that agree, or that are one, are none", () => {
    expect(disagreement("A gigawatt", capexPerGigawatt.slice(0, 1), 0.1)).toBeNull();
    expect(disagreement("A gigawatt", capexPerGigawatt, 2)).toBeNull();
  });

  it("and other units are not compared", () => {
    const { bandwidth } = accelerator("h100-sxm");
    expect(() => disagreement("This", [...capexPerGigawatt, ...(bandwidth === null ? [] : [bandwidth])], 1)).toThrow(
      "B/s",
    );
  });
});
