import { describe, expect, it } from "vitest";
import { tokensPerSecond, usdPerMillionTokens, watts } from "../units.ts";
import { allocateProfile, type FirmTier, type TroughTier } from "./allocateProfile.ts";
import { tier } from "./testing/tier.ts";

/** A day of 12 busy and 12 quiet hours, of a tier with a token for each joule. */
const firm = (name: string, price: number, busy: number, quiet: number): FirmTier => ({
  ...tier(name, price, 1, 0),
  demand: [...Array(12).fill(busy), ...Array(12).fill(quiet)].map(tokensPerSecond),
});
/** Ten tokens for each joule. */
const batch = (deadline: number | null, demand = 1e9, price = 0.3): TroughTier => ({
  ...tier("batch", price, 10, demand),
  deadline,
});
const allocate = (trough: TroughTier, tiers: readonly FirmTier[], gpus: number | null = null) => {
  const plan = allocateProfile({ power: watts(1e6), gpus, firm: tiers, trough, maximise: "revenue" });
  if (plan.status === "infeasible") throw new Error(plan.status);
  return plan;
};

// A megawatt: 0.9 MW of real-time in the day, 0.1 MW at night.
const realtime = firm("realtime", 6, 900_000, 100_000);

describe("allocateProfile", () => {
  it("T1: real-time pre-empts: what comes behind it has what is left, hour by hour", () => {
    const { intervals, spare } = allocate(batch(null), [realtime]);
    expect(intervals.map(({ revenue }) => revenue)).toEqual(realtime.demand.map((demand) => demand * 6 * 0.0036));
    expect(spare).toEqual(realtime.demand.map((demand) => expect.closeTo((1e6 - demand) * 10, 3)));
  });

  it("T2: standard is firm as well: it shares with real-time by price x yield, and pre-empts the rest", () => {
    const { intervals, spare } = allocate(batch(null), [realtime, firm("standard", 2, 400_000, 400_000)]);
    const served = (hour: number) => intervals[hour]?.tiers.map(({ name, served: tokens }) => [name, tokens]);
    expect(served(0)).toEqual([
      ["realtime", expect.closeTo(900_000, 3)],
      ["standard", expect.closeTo(100_000, 3)],
    ]);
    expect(served(23)).toEqual([
      ["realtime", expect.closeTo(100_000, 3)],
      ["standard", expect.closeTo(400_000, 3)],
    ]);
    expect([spare[0], spare[23]]).toEqual([expect.closeTo(0, 3), expect.closeTo(5e6, 3)]);
  });

  it.each([
    ["within 24 hours, all that is spare: half of 1M and 9M tok/s", 24, 5e6],
    ["within 8 hours, what comes in 6 hours of the day is done in its 12", 8, 2e6],
    ["within 2 hours, what a busy hour leaves", 2, 1e6],
  ])("T3: batch that is due %s", (_, deadline, served) => {
    const plan = allocate(batch(deadline), [realtime]);
    expect(plan.trough.served / served).toBeCloseTo(1, 9);
    expect(plan.revenue).toBeCloseTo(500_000 * 6 * 0.0036 + served * 0.3 * 0.0036, 3);
  });

  it("no more is accepted than is asked for, and nothing that comes too late is sold", () => {
    expect(allocate(batch(24, 1e6), [realtime]).trough).toEqual({ served: 1e6, availability: 1 });
    expect(allocate(batch(8, 8e6), [realtime]).trough).toEqual({
      served: expect.closeTo(2e6, 3),
      availability: expect.closeTo(0.25, 9),
    });
  });

  it("firm tiers come first, also where batch would bring more", () => {
    const { trough, spare } = allocate(batch(24, 1e9, 5), [firm("standard", 2, 1e6, 1e6)]);
    expect([trough.served, spare[0]]).toEqual([expect.closeTo(0, 3), expect.closeTo(0, 3)]);
  });

  it("the scarcer of power and GPUs limits what is spare", () => {
    // 950 GPUs of a kilowatt each, of which real-time takes 900 and 100.
    const { spare } = allocate(batch(null), [realtime], 950);
    expect([spare[0], spare[23]]).toEqual([expect.closeTo(500_000, 3), expect.closeTo(8_500_000, 3)]);
  });

  it("margin takes what batch costs to serve", () => {
    const trough = { ...batch(24), variableCost: usdPerMillionTokens(0.1) };
    const { revenue, margin } = allocate(trough, [realtime]);
    expect(revenue - margin).toBeCloseTo(5e6 * 0.1 * 0.0036, 3);
  });

  it("says that promises cannot be kept in some hour", () => {
    const promised = { ...realtime, committed: tokensPerSecond(200_000) };
    expect(
      allocateProfile({ power: watts(1e6), gpus: null, firm: [promised], trough: batch(24), maximise: "revenue" }),
    ).toEqual({ status: "infeasible" });
  });

  it.each([
    ["no firm tier", [], watts(1)],
    ["days of different lengths", [realtime, { ...realtime, name: "b", demand: [tokensPerSecond(1)] }], watts(1)],
    ["no cap", [realtime], null],
  ])("refuses %s", (_, tiers, power) => {
    expect(() => allocateProfile({ power, gpus: null, firm: tiers, trough: batch(24), maximise: "revenue" })).toThrow(
      RangeError,
    );
  });
});
