import { HOURS_PER_YEAR } from "../cost/gpuHourCost.ts";
import { capitalRecovery } from "../finance/capitalRecovery.ts";
import { type Usd, type UsdPerHour, usd } from "../units.ts";

/**
 * The capital that another megawatt is worth if each of its hours brings `perMegawatt` (the shadow price of
 * `allocateTiers`) for `years` at a yearly `rate`: what may be paid for a substation, a turbine or a leased hall.
 */
export const megawattCapital = (perMegawatt: UsdPerHour, rate: number, years: number): Usd =>
  usd((perMegawatt * HOURS_PER_YEAR) / capitalRecovery(rate, years));
