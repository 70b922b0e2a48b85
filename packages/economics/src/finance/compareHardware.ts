import { both } from "../internal/known.ts";
import { assertUnit } from "../quantities/assertUnit.ts";
import type { Finding } from "../quantities/Finding.ts";
import type { Sourced } from "../quantities/Sourced.ts";
import { unitEconomics } from "../revenue/unitEconomics.ts";
import {
  type Fraction,
  fraction,
  type PlainNumber,
  type TokensPerJoule,
  type TokensPerSecond,
  tokensPerSecond,
  type UsdPerHour,
  type UsdPerKilowattHour,
  type UsdPerMillionTokens,
  usdPerHour,
  usdPerKilowattHour,
  type Watts,
  watts,
} from "../units.ts";

/** A generation of accelerators, as one of them serves the model and the service levels in question. */
export interface HardwareOption {
  readonly name: string;
  /** Calendar year from which it can be had. */
  readonly year: PlainNumber;
  readonly tokensPerSecond: Sourced<TokensPerSecond> | null;
  readonly hour: Sourced<UsdPerHour> | null;
  /** A published total cost of ownership and a rent cover `all`, electricity included. */
  readonly hourCovers: "all" | "all but electricity";
  /** Of one with its share of everything, at the utility's meter. */
  readonly power: Sourced<Watts> | null;
}

export interface HardwareRow {
  readonly name: string;
  readonly year: PlainNumber;
  /** The fewest that carry the load. */
  readonly accelerators: number | null;
  readonly utilisation: Fraction | null;
  readonly power: Watts | null;
  /** Of all of them, without electricity that it does not cover. */
  readonly hour: UsdPerHour | null;
  readonly cost: UsdPerMillionTokens | null;
  readonly tokensPerJoule: TokensPerJoule | null;
  /** Of the throughput that all of this rests on. */
  readonly confidence: Sourced<unknown>["confidence"] | null;
  readonly findings: readonly Finding[];
}

export interface HardwareSite {
  readonly load: TokensPerSecond;
  readonly electricity: UsdPerKilowattHour;
  readonly price: UsdPerMillionTokens;
  readonly year: PlainNumber;
}

/**
 * What one's own load would cost on each option, the cheapest token first and the unknown last: whole machines, so that
 * a small load pays for the part of a large machine that idles. All of them draw their power all the time.
 *
 * Throws `RangeError` for a load or a throughput of 0, and for figures in other units than tok/s, USD/h and W.
 */
export function compareHardware(options: readonly HardwareOption[], site: HardwareSite): readonly HardwareRow[] {
  if (!(site.load > 0)) throw new RangeError(`a load must be positive, got ${site.load}`);
  const last = Number.POSITIVE_INFINITY;
  return options
    .map((option) => rowOf(option, site))
    .sort((a, b) => {
      const [costA, costB] = [a.cost ?? last, b.cost ?? last];
      return costA === costB ? (a.name < b.name ? -1 : 1) : costA - costB;
    });
}

const UNITS = { tokensPerSecond: "tok/s", hour: ["USD/h", "USD/GPU-h"], power: "W" } as const;

function rowOf(option: HardwareOption, site: HardwareSite): HardwareRow {
  for (const [name, units] of Object.entries(UNITS)) {
    const figure = option[name as keyof typeof UNITS];
    if (figure !== null) assertUnit(`${name} of ${option.name}`, figure, units);
  }
  const each = option.tokensPerSecond?.value ?? null;
  if (each !== null && !(each > 0)) throw new RangeError(`${option.name} must make tokens`);
  const accelerators = each === null ? null : Math.ceil(site.load / each);
  const capacity = both(accelerators, each, (count, one) => tokensPerSecond(count * one));
  const utilisation = capacity === null ? null : fraction(site.load / capacity);
  const power = both(accelerators, option.power, (count, one) => watts(count * one.value));
  const hour = both(accelerators, option.hour, (count, one) => usdPerHour(count * one.value));
  const covered = option.hourCovers === "all";
  const machines = { machines: hour, capacity, utilisation, price: site.price };
  const { tokensPerJoule } = unitEconomics({ ...machines, power, electricity: site.electricity });
  // Electricity that the hour covers costs nothing more, however much of it there is.
  const { cost } = unitEconomics({
    ...machines,
    power: covered ? watts(0) : power,
    electricity: covered ? usdPerKilowattHour(0) : site.electricity,
  });
  return {
    name: option.name,
    year: option.year,
    accelerators,
    utilisation,
    power,
    hour,
    cost,
    tokensPerJoule,
    confidence: option.tokensPerSecond?.confidence ?? null,
    findings: findingsOf(option, site),
  };
}

function findingsOf({ name, year, tokensPerSecond, hour, power }: HardwareOption, site: HardwareSite): Finding[] {
  const unknown = Object.entries({ throughput: tokensPerSecond, hour, power }).filter(([, figure]) => figure === null);
  const findings: Finding[] = [];
  if (year > site.year) {
    const message = `${name} can be had from ${year}`;
    findings.push({ code: "NOT_YET_AVAILABLE", severity: "warning", message, stated: site.year, computed: year });
  }
  if (unknown.length > 0) {
    const message = `Nobody states ${unknown.map(([figure]) => figure).join(", ")} of ${name}`;
    findings.push({ code: "UNKNOWN_FIGURES", severity: "warning", message });
  }
  if (tokensPerSecond?.confidence === "assumed") {
    const message = `The throughput of ${name} was not measured: ${tokensPerSecond.source}`;
    findings.push({ code: "ASSUMED_THROUGHPUT", severity: "warning", message });
  }
  return findings;
}
