import type { UsdPerHour, UsdPerKilowattHour } from "@joulemint/economics/units";

/** What running the factory costs. Whatever is `null` is unknown, and so is then every figure that needs it. */
export interface FactoryCosts {
  readonly electricityPrice: UsdPerKilowattHour | null;
  /** Facility energy over machine energy, at least 1; turns the receipts' joules into what the utility bills. */
  readonly powerUsageEffectiveness: number | null;
  /** One machine for one hour, without electricity. */
  readonly machineHourPrice: UsdPerHour | null;
  readonly machines: number | null;
  /** Since when the machines are paid for; `null`: all the time. */
  readonly since: Date | null;
}

export const UNKNOWN_COSTS: FactoryCosts = {
  electricityPrice: null,
  powerUsageEffectiveness: null,
  machineHourPrice: null,
  machines: null,
  since: null,
};
