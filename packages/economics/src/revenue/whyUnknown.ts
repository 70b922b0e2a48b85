import type { Finding } from "../quantities/Finding.ts";
import { fraction, tokensPerSecond, usdPerHour, usdPerKilowattHour, usdPerMillionTokens, watts } from "../units.ts";
import { type OperatingRates, type UnitEconomics, type Unknown, unitEconomics } from "./unitEconomics.ts";

/** All known and above 0: with these every figure has a value. */
const ones: OperatingRates = {
  machines: usdPerHour(1),
  power: watts(1),
  electricity: usdPerKilowattHour(1),
  capacity: tokensPerSecond(1),
  utilisation: fraction(1),
  price: usdPerMillionTokens(1),
};

const words: Readonly<Record<keyof OperatingRates, readonly [code: string, what: string]>> = {
  machines: ["MACHINE_PRICE", "what the machines cost"],
  power: ["POWER", "what the machines draw"],
  electricity: ["ELECTRICITY_PRICE", "what electricity costs"],
  capacity: ["CAPACITY", "what the machines can make"],
  utilisation: ["UTILISATION", "the share of capacity that is sold"],
  price: ["PRICE", "what a million tokens sell for"],
};
const names = Object.keys(words) as (keyof OperatingRates)[];

/**
 * Why figures of `unitEconomics` are null: for each, the rates that it needs and nobody said, and those that are 0 where it
 * is a ratio over them. Nothing for the others.
 */
export function whyUnknown(rates: Unknown<OperatingRates>): Readonly<Record<keyof UnitEconomics, readonly Finding[]>> {
  // A rate is to blame for a figure that it takes away all by itself.
  const alone = names.map((name) => [name, unitEconomics({ ...ones, [name]: rates[name] })] as const);
  const why = Object.entries(unitEconomics(rates)).map(([figure, value]) => {
    if (value !== null) return [figure, []];
    const blamed = alone.filter(([, answer]) => answer[figure as keyof UnitEconomics] === null);
    return [figure, blamed.length === 0 ? [COST_ZERO] : blamed.map(([name]) => finding(name, rates[name]))];
  });
  return Object.fromEntries(why);
}

function finding(name: keyof OperatingRates, rate: number | null): Finding {
  const [code, what] = words[name];
  return rate === null
    ? { code: `${code}_UNKNOWN`, severity: "info", message: `nobody said ${what}` }
    : { code: `${code}_ZERO`, severity: "info", message: `${what} is ${rate}: there is no ratio over nothing` };
}

/** Not of one rate: machines and electricity both cost nothing. */
const COST_ZERO: Finding = {
  code: "COST_ZERO",
  severity: "info",
  message: "tokens cost 0: there is no ratio over nothing",
};
