import type { EnergyPerToken } from "./energyPerToken.ts";

/** Energy of a million tokens as electricity is sold, at the boundary of `energy`. */
export const kilowattHoursPerMillion = ({ joulesPerToken }: EnergyPerToken): number => (joulesPerToken * 1e6) / 3.6e6;
