import fc from "fast-check";
import { expect, it } from "vitest";
import { tokensPerSecond, usdPerMillionTokens, watts } from "../units.ts";
import { allocateTiers, type TierOption } from "./allocateTiers.ts";
import { tier } from "./testing/tier.ts";

function allocate(
  tiers: readonly TierOption[],
  caps: { power?: number | null; gpus?: number | null },
  maximise: "revenue" | "margin" = "revenue",
) {
  const { power = null, gpus = null } = caps;
  const result = allocateTiers({ power: power === null ? null : watts(power), gpus, tiers, maximise });
  if (result.status !== "optimal") throw new Error(result.status);
  return { ...result, served: Object.fromEntries(result.tiers.map(({ name, served }) => [name, served])) };
}

// A megawatt; the faster the tier, the fewer tokens a joule makes. Worth of a joule: 6, 4 and 3.
const ladder = [tier("priority", 6, 1, 200_000), tier("standard", 1, 4, 1_600_000), tier("batch", 0.3, 10, 1e9)];

it("fills one cap by price x yield, and the tier that is left is what a megawatt is worth", () => {
  const result = allocate(ladder, { power: 1e6 });
  // 0.2 MW and 0.4 MW as asked, 0.4 MW left: 4M tokens a second of batch.
  expect(result.served).toEqual({
    priority: expect.closeTo(200_000, 3),
    standard: expect.closeTo(1_600_000, 3),
    batch: expect.closeTo(4_000_000, 3),
  });
  expect(result.revenue).toBeCloseTo((0.2 * 6 + 1.6 * 1 + 4 * 0.3) * 3600, 6);
  expect(result.shadowPrices.perMegawatt).toBeCloseTo(10 * 0.3 * 3600, 6);
  expect(result.shadowPrices.perGpu).toBe(0);
  const priority = result.tiers.find(({ name }) => name === "priority");
  // A token more of priority displaces ten of batch.
  expect(priority?.demandShadowPrice).toBeCloseTo(6 - 10 * 0.3, 9);
  expect(priority?.power).toBeCloseTo(200_000, 6);
});

it("T1: real-time outbids the others only as long as price x yield is the highest", () => {
  const cheaper = [tier("priority", 2, 1, 200_000), ...ladder.slice(1)];
  expect(allocate(cheaper, { power: 1e6 }).served.priority).toBeCloseTo(0, 6);
});

it("T4: the ladder of GTC 2026 with a quarter of the power each", () => {
  // $0, 3, 6, 45 (and 150, which nobody could verify): each quarter's tokens fall as its speed rises. Yields are assumed.
  const yields = { free: 10, medium: 6, high: 3, premium: 0.8 };
  const prices = { free: 0, medium: 3, high: 6, premium: 45 };
  const names = Object.keys(yields) as (keyof typeof yields)[];
  const quarter = names.map((name) => {
    const tokens = tokensPerSecond(250_000 * yields[name]);
    return tier(name, prices[name], yields[name], tokens, { committed: tokens });
  });
  const result = allocate(quarter, { power: 1e6 });
  for (const { power } of result.tiers) expect(power).toBeCloseTo(250_000, 3);
  expect(result.revenue).toBeCloseTo(0.25 * (6 * 3 + 3 * 6 + 0.8 * 45) * 3600, 3);
  // With free hands, and no limit to what is asked for, all power would go to the best of them.
  const free = allocate(
    names.map((name) => tier(name, prices[name], yields[name], 1e9)),
    { power: 1e6 },
  );
  expect(free.served).toMatchObject({ free: expect.closeTo(0, 3), premium: expect.closeTo(800_000, 3) });
});

it("R5: the shadow price of a megawatt is what the next one brings, and 0 where power is not short", () => {
  const tight = allocate(ladder, { power: 1e6 });
  const next = allocate(ladder, { power: 2e6 });
  expect(next.revenue - tight.revenue).toBeCloseTo(tight.shadowPrices.perMegawatt, 3);
  expect(allocate(ladder.slice(0, 2), { power: 1e6 }).shadowPrices.perMegawatt).toBe(0);
});

it("with both caps, GPUs and power may each have a price", () => {
  // Batch is frugal with power, priority with GPUs.
  const tiers = [
    tier("priority", 2, 1, 1e9, { tokensPerSecondPerGpu: tokensPerSecond(4000) }),
    tier("batch", 1, 4, 1e9, { tokensPerSecondPerGpu: tokensPerSecond(1000) }),
  ];
  const { served, shadowPrices, revenue } = allocate(tiers, { power: 1e6, gpus: 500 });
  // x/1 + y/4 = 1e6 and x/4000 + y/1000 = 500
  const y = (500 - 1e6 / 4000) / (1 / 1000 - 1 / 16_000);
  expect(served.batch).toBeCloseTo(y, 3);
  expect(served.priority).toBeCloseTo(1e6 - y / 4, 3);
  const priced = shadowPrices.perMegawatt * 1 + shadowPrices.perGpu * 500;
  expect(priced / revenue).toBeCloseTo(1, 9);
});

it("margin: what costs more to serve than it brings is not served, unless it was promised", () => {
  const loss = tier("batch", 0.3, 10, 1e6, { variableCost: usdPerMillionTokens(0.5) });
  expect(allocate([loss], { power: 1e6 }, "margin")).toMatchObject({ served: { batch: 0 }, margin: 0 });
  const promised = { ...loss, committed: tokensPerSecond(400_000) };
  const result = allocate([promised], { power: 1e6 }, "margin");
  expect(result.served.batch).toBeCloseTo(400_000, 3);
  expect(result.margin).toBeCloseTo(0.4 * -0.2 * 3600, 6);
});

it("says that promises cannot be kept", () => {
  const promised = tier("priority", 6, 1, 2e6, { committed: tokensPerSecond(2e6) });
  expect(allocateTiers({ power: watts(1e6), gpus: null, tiers: [promised], maximise: "revenue" })).toEqual({
    status: "infeasible",
  });
});

const options = fc
  .array(
    fc.record({
      price: fc.double({ min: 0.1, max: 50, noNaN: true }),
      perJoule: fc.double({ min: 0.1, max: 20, noNaN: true }),
      demand: fc.double({ min: 1e3, max: 1e7, noNaN: true }),
      perGpu: fc.double({ min: 100, max: 20_000, noNaN: true }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((all) =>
    all.map(({ price, perJoule, demand, perGpu }, i) =>
      tier(`tier ${i}`, price, perJoule, demand, { tokensPerSecondPerGpu: tokensPerSecond(perGpu) }),
    ),
  );

/** The price of the next unit of a limit lies between what the last one brought and what another brings. */
function expectSlope(price: number, limit: number, value: (limit: number) => number): void {
  const step = 1e-4 * limit;
  const tolerance = 1e-4 * Math.max(1, Math.abs(price));
  expect(price).toBeLessThanOrEqual((value(limit) - value(limit - step)) / step + tolerance);
  expect(price).toBeGreaterThanOrEqual((value(limit + step) - value(limit)) / step - tolerance);
}

it("shadow prices are the finite differences of revenue: of a megawatt, of a GPU, and of each tier's demand", () => {
  const megawatts = fc.double({ min: 0.01, max: 5, noNaN: true });
  const machines = fc.double({ min: 10, max: 5000, noNaN: true });
  fc.assert(
    fc.property(options, megawatts, machines, (tiers, power, gpus) => {
      const caps = { power: power * 1e6, gpus };
      const { shadowPrices, tiers: served } = allocate(tiers, caps);
      const revenue = (changed: object, all = tiers) => allocate(all, { ...caps, ...changed }).revenue;
      expectSlope(shadowPrices.perMegawatt, power, (cap) => revenue({ power: cap * 1e6 }));
      expectSlope(shadowPrices.perGpu, gpus, (cap) => revenue({ gpus: cap }));
      for (const { name, demandShadowPrice } of served) {
        const millions = tiers.find((each) => each.name === name)?.demand ?? Number.NaN;
        expectSlope(demandShadowPrice * 3600, millions / 1e6, (demand) =>
          revenue(
            {},
            tiers.map((each) => (each.name === name ? { ...each, demand: tokensPerSecond(demand * 1e6) } : each)),
          ),
        );
      }
    }),
  );
});

it("with one cap it is the greedy filling by price x yield, in whatever order tiers come", () => {
  fc.assert(
    fc.property(options, (tiers) => {
      let left = 1e6;
      let greedy = 0;
      for (const each of [...tiers].sort((a, b) => b.price * b.tokensPerJoule - a.price * a.tokensPerJoule)) {
        const served = Math.min(each.demand, left * each.tokensPerJoule);
        left -= served / each.tokensPerJoule;
        greedy += served * each.price * 0.0036;
      }
      const result = allocate(tiers, { power: 1e6 });
      expect(result.revenue / greedy).toBeCloseTo(1, 9);
      expect(allocate([...tiers].reverse(), { power: 1e6 })).toEqual(result);
    }),
  );
});

it.each([
  ["a yield of 0", [tier("a", 1, 0, 1)], null],
  ["two tiers of one name", [tier("a", 1, 1, 1), tier("a", 2, 1, 1)], null],
  ["a negative count of GPUs", [tier("a", 1, 1, 1)], -1],
])("refuses %s", (_, tiers, gpus) => {
  expect(() => allocateTiers({ power: watts(1), gpus, tiers, maximise: "revenue" })).toThrow(RangeError);
});
