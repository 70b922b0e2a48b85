import { electricityCost } from "../electricityCost.ts";
import { energyUsed } from "../energyUsed.ts";
import { facilityEnergy } from "../facilityEnergy.ts";
import { positive } from "../internal/checked.ts";
import {
  type JoulesPerToken,
  joules,
  joulesPerToken,
  type KilowattHoursPerMillionTokens,
  kilowattHoursPerMillionTokens,
  type PlainNumber,
  seconds,
  type TokensPerJoule,
  type TokensPerSecond,
  type TokensPerSecondPerMegawatt,
  tokensPerJouleOf,
  tokensPerSecondPerMegawatt,
  type UsdPerKilowattHour,
  type UsdPerMillionTokens,
  usdPerMillionTokens,
  type Watts,
} from "../units.ts";
import { assertBilled, type Boundary } from "./Boundary.ts";

export interface EnergyPerToken {
  readonly boundary: Boundary;
  readonly joulesPerToken: JoulesPerToken;
  /** What is called "tokens per watt": tokens per second for each watt. */
  readonly tokensPerJoule: TokensPerJoule;
  /** The same, x 10^6. */
  readonly tokensPerSecondPerMegawatt: TokensPerSecondPerMegawatt;
  /** Of a million tokens, as electricity is sold. */
  readonly kilowattHoursPerMillion: KilowattHoursPerMillionTokens;
}

/** Energy of a token at the boundary of the power. Throws `RangeError` if either is not above 0. */
export function energyPerToken(power: Watts, throughput: TokensPerSecond, boundary: Boundary): EnergyPerToken {
  const energy = energyUsed(power, seconds(1));
  return ofJoules(positive(energy, "power") / positive(throughput, "throughput"), boundary);
}

/**
 * The same tokens seen from the building. PUE multiplies IT energy only, so that GPU energy is refused (the rest of the
 * machine is missing) and so is what contains the building already. Throws `RangeError` then, and for a PUE below 1.
 */
export function atFacility(energy: EnergyPerToken, pue: PlainNumber): EnergyPerToken {
  if (energy.boundary !== "it")
    throw new RangeError(`PUE turns IT energy into facility energy, got ${energy.boundary}`);
  return ofJoules(facilityEnergy(joules(energy.joulesPerToken), pue), "facility");
}

function ofJoules(each: number, boundary: Boundary): EnergyPerToken {
  return {
    boundary,
    joulesPerToken: joulesPerToken(each),
    tokensPerJoule: tokensPerJouleOf(1 / each),
    tokensPerSecondPerMegawatt: tokensPerSecondPerMegawatt(1e6 / each),
    kilowattHoursPerMillion: kilowattHoursPerMillionTokens(each / 3.6),
  };
}

/**
 * What electricity adds to the cost of a million tokens. The utility bills at the facility or beyond: throws
 * `RangeError` for energy that was measured inside.
 */
export function energyCostPerMillion(energy: EnergyPerToken, price: UsdPerKilowattHour): UsdPerMillionTokens {
  assertBilled(energy.boundary);
  return usdPerMillionTokens(electricityCost(joules(energy.joulesPerToken * 1e6), price));
}
