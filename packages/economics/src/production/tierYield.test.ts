import { expect, it } from "vitest";
import { allocateTiers } from "../allocation/allocateTiers.ts";
import { gpuHour } from "../catalogue/gpuHours.ts";
import { tokensPerSecond, tokensPerSecondPerUser, usdPerMillionTokens, watts } from "../units.ts";
import { measuredSweep } from "./measuredSweep.ts";
import { tierYield } from "./tierYield.ts";

const points = measuredSweep.points.filter(({ inputTokens }) => inputTokens === 1024);
const power = gpuHour("h200").allInPower.value;

it("T4: the ladder of GTC 2026 on measured machines: yields fall with speed, and a quarter of the power each", () => {
  // GLM-5 on 8 x H200, all-in; speeds of the tiers are assumed, $150 is unverified and 4 times as fast as was measured.
  const ladder = { free: [12, 0], medium: [20, 3], high: [30, 6], premium: [45, 45] } as const;
  const tiers = Object.entries(ladder).map(([name, [speed, price]]) => {
    const perJoule = tierYield(points, tokensPerSecondPerUser(speed), power);
    expect(perJoule.extrapolated).toBe(false);
    const quarter = tokensPerSecond(250_000 * perJoule.value);
    return {
      name,
      price: usdPerMillionTokens(price),
      variableCost: usdPerMillionTokens(0),
      tokensPerJoule: perJoule.value,
      tokensPerSecondPerGpu: tokensPerSecond(perJoule.value * power),
      demand: quarter,
      committed: quarter,
    };
  });
  const yields = tiers.map(({ tokensPerJoule }) => tokensPerJoule);
  expect([...yields].sort((a, b) => b - a)).toEqual(yields);
  const result = allocateTiers({ power: watts(1e6), gpus: null, tiers, maximise: "revenue" });
  if (result.status !== "optimal") throw new Error(result.status);
  for (const tier of result.tiers) expect(tier.power).toBeCloseTo(250_000, 3);
  const hourly = tiers.map(({ price, tokensPerJoule }) => (250_000 * price * tokensPerJoule * 3600) / 1e6);
  expect(result.revenue).toBeCloseTo(
    hourly.reduce((sum, one) => sum + one, 0),
    6,
  );
  expect(tierYield(points, tokensPerSecondPerUser(180), power)).toMatchObject({ value: 0, extrapolated: true });
});

it("is throughput over power, interval and all", () => {
  const measured = [
    { interactivity: tokensPerSecondPerUser(10), throughput: tokensPerSecond(400) },
    { interactivity: tokensPerSecondPerUser(20), throughput: tokensPerSecond(100) },
  ];
  expect(tierYield(measured, tokensPerSecondPerUser(10), watts(200)).value).toBe(2);
  expect(tierYield(measured, tokensPerSecondPerUser(15), watts(200)).interval).toEqual([0.5, 2]);
  expect(() => tierYield(measured, tokensPerSecondPerUser(10), watts(0))).toThrow("power");
});
