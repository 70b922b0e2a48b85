import type { Finding } from "@joulemint/economics/quantities/Finding";
import type { FactoryCosts } from "./FactoryCosts.ts";
import type { ProductionSums } from "./productionFigures.ts";

/** Why figures of a window are unknown, or are less than they look. */
export function productionFindings(
  sums: Pick<ProductionSums, "requests" | "energyUnknown" | "energyModelled">,
  { priced, costs }: { readonly priced: boolean; readonly costs: FactoryCosts },
): Finding[] {
  const { requests, energyUnknown, energyModelled } = sums;
  const ofGpus = costs.energyBoundary === "gpu";
  const all: readonly (readonly [holds: boolean, finding: Finding])[] = [
    [requests === 0n, info("NO_CALLS", "no call ended in the window")],
    [!priced, info("PRICE_UNKNOWN", "the chain, as of this block, does not have the offering of some calls")],
    [energyUnknown > 0n, info("ENERGY_UNKNOWN", `${energyUnknown} of ${requests} calls have no known energy`)],
    [
      energyModelled > 0n,
      info("ENERGY_MODELLED", `${energyModelled} of ${requests} calls have a modelled share of what machines drew`),
    ],
    [
      costs.energyBoundary === null,
      warning("ENERGY_BOUNDARY_UNKNOWN", "nobody said what joules are measured around, so they are not the facility's"),
    ],
    [
      ofGpus && costs.serverOverhead === null,
      warning(
        "SERVER_OVERHEAD_UNKNOWN",
        "joules are those of GPUs alone, and nobody said what the rest of their machines uses",
      ),
    ],
    [
      ofGpus && costs.serverOverhead !== null,
      info(
        "SERVER_OVERHEAD_STATED",
        `machines are taken to use ${costs.serverOverhead} times what their GPUs do, as the operator says`,
      ),
    ],
    [
      requests > energyUnknown,
      warning(
        "ENERGY_OF_CALLS_ALONE",
        "what machines use while they answer no call is in no receipt, nor in joules and what they cost",
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
