import type { Boundary } from "@joulemint/economics/cost/Boundary";
import type { TokensPerSecond, UsdPerHour, UsdPerKilowattHour } from "@joulemint/economics/units";

/** What running the factory costs, and what it could make. Whatever is `null` is unknown, and so is then every figure that needs it. */
export interface FactoryCosts {
  readonly electricityPrice: UsdPerKilowattHour | null;
  /** Machine energy over that of its GPUs, at least 1: what turns joules of GPUs into those of IT equipment. */
  readonly serverOverhead: number | null;
  /** Facility energy over machine energy, at least 1; turns joules of IT equipment into what the utility bills. */
  readonly powerUsageEffectiveness: number | null;
  /** One machine for one hour, without electricity. */
  readonly machineHourPrice: UsdPerHour | null;
  readonly machines: number | null;
  /** Output tokens that all machines can make within their service levels. */
  readonly capacity: TokensPerSecond | null;
  /** What the joules of receipts were measured around. */
  readonly energyBoundary: Extract<Boundary, "gpu" | "it"> | null;
  /** Since when the machines are paid for; `null`: all the time. */
  readonly since: Date | null;
}

export const UNKNOWN_COSTS: FactoryCosts = {
  electricityPrice: null,
  serverOverhead: null,
  powerUsageEffectiveness: null,
  machineHourPrice: null,
  machines: null,
  capacity: null,
  energyBoundary: null,
  since: null,
};
