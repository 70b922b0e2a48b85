import { expect, it } from "vitest";
import { gpuHour } from "../catalogue/gpuHours.ts";
import { measuredServer } from "../production/BatchServer.ts";
import { fitServingCurve } from "../production/ServingCurve.ts";
import type { Slo } from "../production/Slo.ts";
import { seconds, tokensPerSecond, usdPerMillionTokens, watts } from "../units.ts";
import { allocateTiers } from "./allocateTiers.ts";
import { servedTier } from "./servedTier.ts";
import { tierCapacity } from "./tierCapacity.ts";

/** Round figures of a curve that bends, as measured ones do; one H100 with its share of everything, all-in. */
const curve = fitServingCurve(
  [
    [1, 90],
    [8, 600],
    [32, 1800],
    [64, 2600],
    [128, 3300],
  ].map(([batch = 0, throughput = 0]) => ({ batch, throughput: tokensPerSecond(throughput) })),
);
const machine = { power: gpuHour("h100").allInPower.value, gpus: 1 };
const chat = { inputTokens: 1000, outputTokens: 200 };

const capacityOf = (slo: Slo) => {
  const found = tierCapacity(measuredServer(curve, 128), chat, { slo, share: 0.95 }, { seed: 3, requests: 1000 });
  if (found === null) throw new Error("nothing can be promised");
  return found;
};
const capacities = {
  priority: capacityOf({ ttft: seconds(0.2), tpot: seconds(0.015) }),
  standard: capacityOf({ ttft: seconds(1), tpot: seconds(0.03) }),
  batch: capacityOf({ ttft: null, tpot: null }),
};
const tierOf = (name: keyof typeof capacities, price: number, demand: number) =>
  servedTier(
    { name, price: usdPerMillionTokens(price), variableCost: usdPerMillionTokens(0), demand: tokensPerSecond(demand) },
    capacities[name],
    machine,
  );

it("the more a tier promises, the less a joule and a GPU make in it", () => {
  const { priority, standard, batch } = capacities;
  expect(priority.goodput).toBeLessThan(standard.goodput);
  expect(standard.goodput).toBeLessThan(batch.goodput);
  const option = tierOf("standard", 1, 1);
  expect(option.tokensPerSecondPerGpu).toBe(standard.goodput);
  expect(option.tokensPerJoule * machine.power).toBeCloseTo(standard.goodput, 9);
  expect(servedTier(option, standard, { power: watts(2 * machine.power), gpus: 2 })).toMatchObject({
    tokensPerJoule: option.tokensPerJoule / 2,
    tokensPerSecondPerGpu: option.tokensPerSecondPerGpu / 2,
  });
});

it("T1: a promise is worth selling from the multiple of price on that it costs in tokens", () => {
  const multiple = capacities.standard.goodput / capacities.priority.goodput;
  // What vendors ask for priority, 1.5 to 2 times standard, would not pay for these promises on this machine.
  expect(multiple).toBeGreaterThan(2);
  const powerOf = (price: number) => {
    const tiers = [tierOf("priority", price, 200_000), tierOf("standard", 1, 200_000), tierOf("batch", 0.5, 1e9)];
    const plan = allocateTiers({ power: watts(100_000), gpus: null, tiers, maximise: "revenue" });
    if (plan.status !== "optimal") throw new Error(plan.status);
    return plan.tiers.find(({ name }) => name === "priority")?.power;
  };
  expect(powerOf(multiple * 1.01)).toBeCloseTo(100_000, 3);
  expect(powerOf(multiple * 0.99)).toBeCloseTo(0, 3);
});

it.each([
  ["no power", { power: watts(0), gpus: 1 }],
  ["no GPU", { power: watts(1), gpus: 0 }],
])("refuses %s", (_, of) => {
  expect(() => servedTier(tierOf("batch", 1, 1), capacities.batch, of)).toThrow(RangeError);
});
