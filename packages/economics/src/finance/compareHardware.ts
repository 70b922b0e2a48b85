import type { Finding } from "../quantities/Finding.ts";
import { unitEconomics } from "../revenue/unitEconomics.ts";
import {
  type TokensPerSecond,
  tokensPerSecond,
  type UsdPerHour,
  type UsdPerKilowattHour,
  type UsdPerMillionTokens,
  usdPerHour,
  type Watts,
  watts,
} from "../units.ts";

/** A generation of accelerators, as one of them serves the model and the service levels in question. */
export type HardwareOption = {
  readonly name: string;
  /** Calendar year from which it can be had. */
  readonly year: number;
  readonly tokensPerSecond: TokensPerSecond;
  /** An hour of one, without electricity. */
  readonly hour: UsdPerHour;
  /** IT power of one, with its share of everything that is not cooling. */
  readonly power: Watts;
};

export type HardwareRow = {
  readonly name: string;
  readonly year: number;
  /** The fewest that carry the load. */
  readonly accelerators: number;
  readonly utilisation: number;
  readonly power: Watts;
  readonly hour: UsdPerHour;
  readonly cost: UsdPerMillionTokens | null;
  readonly tokensPerJoule: number | null;
  readonly findings: readonly Finding[];
};

/**
 * What one's own load would cost on each option, the cheapest token first: whole machines, so that a small load pays for
 * the part of a large machine that idles. Power is the facility's, drawn by all of them all the time.
 *
 * Throws `RangeError` for a load or a throughput of 0, and for a PUE below 1.
 */
export function compareHardware(
  options: readonly HardwareOption[],
  site: {
    readonly load: TokensPerSecond;
    readonly pue: number;
    readonly electricity: UsdPerKilowattHour;
    readonly price: UsdPerMillionTokens;
    readonly year: number;
  },
): readonly HardwareRow[] {
  if (!(site.load > 0)) throw new RangeError(`a load must be positive, got ${site.load}`);
  if (!(site.pue >= 1)) throw new RangeError(`PUE must be at least 1, got ${site.pue}`);
  return options
    .map((option) => rowOf(option, site))
    .sort((a, b) => (a.cost ?? 0) - (b.cost ?? 0) || (a.name < b.name ? -1 : 1));
}

function rowOf(option: HardwareOption, site: Parameters<typeof compareHardware>[1]): HardwareRow {
  if (!(option.tokensPerSecond > 0)) throw new RangeError(`${option.name} must make tokens`);
  const accelerators = Math.ceil(site.load / option.tokensPerSecond);
  const capacity = tokensPerSecond(accelerators * option.tokensPerSecond);
  const utilisation = site.load / capacity;
  const power = watts(accelerators * option.power * site.pue);
  const hour = usdPerHour(accelerators * option.hour);
  const { electricity, price } = site;
  const { cost, tokensPerJoule } = unitEconomics({ machines: hour, power, electricity, capacity, utilisation, price });
  const message = `${option.name} can be had from ${option.year}`;
  const findings: Finding[] =
    option.year > site.year
      ? [{ code: "NOT_YET_AVAILABLE", severity: "warning", message, stated: site.year, computed: option.year }]
      : [];
  return {
    name: option.name,
    year: option.year,
    accelerators,
    utilisation,
    power,
    hour,
    cost,
    tokensPerJoule,
    findings,
  };
}
