import { electricityBill } from "./internal/arithmetic.ts";
import { type Joules, type Usd, type UsdPerKilowattHour, usd } from "./units.ts";

/** What energy costs; the energy is the facility's, because that is what the utility bills. */
export const electricityCost = (energy: Joules, price: UsdPerKilowattHour): Usd => usd(electricityBill(energy, price));
