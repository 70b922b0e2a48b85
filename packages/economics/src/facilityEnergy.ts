import { type Joules, joules, type PlainNumber } from "./units.ts";

/**
 * What the facility draws for the energy that its machines use. `pue` (power usage effectiveness, ISO/IEC 30134-2) is
 * facility over IT energy and at least 1, or else `RangeError` is thrown. Energy read from GPUs alone is less than
 * IT energy: the rest of the machine has to be added first.
 */
export function facilityEnergy(itEnergy: Joules, pue: PlainNumber): Joules {
  if (pue < 1) throw new RangeError(`PUE must be at least 1, got ${pue}`);
  return joules(itEnergy * pue);
}
