import { facilityEnergy } from "../facilityEnergy.ts";
import { within } from "../internal/checked.ts";
import { both } from "../internal/known.ts";
import { type Joules, joules, type PlainNumber } from "../units.ts";
import type { Boundary } from "./Boundary.ts";

/** What is drawn around what was measured, as ratios of at least 1; `null` is unknown. */
export interface EnergyOverheads {
  /** IT energy over that of its GPUs: CPU, NIC, switches, storage, fans. */
  readonly server: PlainNumber | null;
  /** Facility over IT energy. */
  readonly pue: PlainNumber | null;
}

/**
 * What the facility drew for an energy that was measured at `boundary`: each overhead between the two, once. PUE alone
 * never makes facility energy of GPU energy. `null` if the energy, its boundary or an overhead on the way is unknown.
 * Throws `RangeError` for an overhead below 1, needed or not, and for a boundary that is none.
 */
export function energyAtFacility(
  energy: Joules | null,
  boundary: Boundary | null,
  { server, pue }: EnergyOverheads,
): Joules | null {
  for (const [name, ratio] of Object.entries({ server, pue })) {
    if (ratio !== null) within(ratio, 1, Number.MAX_VALUE, name);
  }
  switch (boundary) {
    case null:
      return null;
    case "gpu":
      return both(
        both(energy, server, (gpu, ratio) => joules(gpu * ratio)),
        pue,
        facilityEnergy,
      );
    case "it":
      return both(energy, pue, facilityEnergy);
    case "facility":
    case "all-in":
      return energy;
    default:
      throw new RangeError(`unknown boundary: ${boundary satisfies never}`);
  }
}
