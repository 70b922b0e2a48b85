import type { Finding } from "@joulemint/economics/quantities/Finding";
import type { FactoryCosts } from "./FactoryCosts.ts";
import type { ProductionSums } from "./productionFigures.ts";

/** Why figures of a window are unknown, or are less than they look. */
export function productionFindings(
  sums: Pick<ProductionSums, "requests" | "energyUnknown" | "energyModelled">,
  { priced, costs }: { readonly priced: boolean; readonly costs: FactoryCosts },
): Finding[] {
  const { requests, energyUnknown, energyModelled } = sums;
  const someEnergy = requests > energyUnknown;
  const all: readonly (readonly [holds: boolean, finding: Finding])[] = [
    [requests === 0n, info("NO_CALLS", "no call ended in the window")],
    [!priced, info("PRICE_UNKNOWN", "the chain, as of this block, does not have the offering of some calls")],
    [energyUnknown > 0n, info("ENERGY_UNKNOWN", `${energyUnknown} of ${requests} calls have no known energy`)],
    [
      energyModelled > 0n,
      info("ENERGY_MODELLED", `${energyModelled} of ${requests} calls have a modelled share of what machines drew`),
    ],
    [
      someEnergy && costs.energyBoundary === null,
      warning("ENERGY_BOUNDARY_UNKNOWN", "nobody said what the joules were measured around"),
    ],
    [
      someEnergy && costs.energyBoundary === "gpu",
      warning(
        "ENERGY_OF_GPUS_ALONE",
        "the rest of the machines is missing from joules and from the cost of electricity",
      ),
    ],
    [costs.electricityPrice === null, info("ELECTRICITY_PRICE_UNKNOWN", "nobody said what electricity costs")],
    [
      costs.powerUsageEffectiveness === null,
      info("PUE_UNKNOWN", "nobody said what the facility uses for the energy of its machines"),
    ],
    [costs.machineHourPrice === null, info("MACHINE_PRICE_UNKNOWN", "nobody said what a machine costs")],
    [costs.machines === null, info("MACHINES_UNKNOWN", "nobody said how many machines are paid for")],
    [costs.capacity === null, info("CAPACITY_UNKNOWN", "nobody said what the machines can make")],
  ];
  return all.flatMap(([holds, finding]) => (holds ? [finding] : []));
}

const info = (code: string, message: string): Finding => ({ code, severity: "info", message });
const warning = (code: string, message: string): Finding => ({ code, severity: "warning", message });
