import type { EnergyMeter } from "./EnergyMeter.ts";

/** For an upstream that tells nothing about its power: every receipt says so. */
export const unknownEnergy: EnergyMeter = {
  boundary: null,
  attribute: async () => ({ energyMillijoules: null, provenance: "unknown" }),
  close() {},
};
