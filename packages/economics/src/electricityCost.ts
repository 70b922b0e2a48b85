import { type Joules, type Usd, type UsdPerKilowattHour, usd } from "./units.ts";

const JOULES_PER_KILOWATT_HOUR = 3_600_000;

/** What energy costs; the energy is the facility's, because that is what the utility bills. */
export const electricityCost = (energy: Joules, price: UsdPerKilowattHour): Usd =>
  usd((energy / JOULES_PER_KILOWATT_HOUR) * price);
