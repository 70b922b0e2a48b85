import { HOURS_PER_YEAR } from "../cost/gpuHourCost.ts";
import { capitalRecovery } from "../finance/capitalRecovery.ts";
import { type PlainNumber, type Usd, type UsdPerHour, usd, type Years } from "../units.ts";

/**
 * The capital that another megawatt is worth if each of its hours brings `perMegawatt` (the shadow price of
 * `allocateTiers`) for `years` at a yearly `rate`: what may be paid for a substation, a turbine or a leased hall.
 */
export const megawattCapital = (perMegawatt: UsdPerHour, rate: PlainNumber, years: Years): Usd =>
  usd((perMegawatt * HOURS_PER_YEAR) / capitalRecovery(rate, years));
