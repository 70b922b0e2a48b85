import { watts } from "@joulemint/economics/units";
import { describe, expect, it } from "vitest";
import { B200_SYSTEM, type HardwareProfile } from "../HardwareProfile.ts";
import { EnergyModel } from "./EnergyModel.ts";

const profile: HardwareProfile = {
  name: "test",
  idleWatts: watts(100),
  prefillMillijoulesPerToken: 2,
  decodeMillijoulesPerToken: 5,
  source: "made up",
};

describe("EnergyModel", () => {
  it("adds idle power over time and energy per token", () => {
    let now = 12_345;
    const energy = new EnergyModel(profile, () => now);
    energy.record(10, 0);
    energy.record(0, 3);
    expect(energy.millijoules()).toBe(35);
    now += 1000;
    expect(energy.millijoules()).toBe(100_035);
  });

  it("gives the mean power of the last second", () => {
    let now = 0;
    const energy = new EnergyModel(profile, () => now);
    expect(energy.watts()).toBe(100);
    energy.record(0, 1000);
    expect(energy.watts()).toBe(105);
    now = 950;
    energy.record(0, 1000);
    expect(energy.watts()).toBe(110);
    now = 1050;
    expect(energy.watts()).toBe(105);
    now = 10_950;
    expect(energy.watts()).toBe(100);
    energy.record(0, 1000);
    expect(energy.watts()).toBe(105);
  });

  it("gives the measured 101 mJ per token and 10.40 kW of the B200 system at its measured load", () => {
    let now = 0;
    const energy = new EnergyModel(B200_SYSTEM, () => now);
    const tokensPerSecond = 10_400 * 9.894;
    for (; now < 1000; now += 100) energy.record(tokensPerSecond / 10, tokensPerSecond / 10);
    now--;
    expect(energy.millijoules() / tokensPerSecond).toBeCloseTo(1000 / 9.894, 0);
    expect(energy.watts() / 10_400).toBeCloseTo(1, 2);
  });
});
