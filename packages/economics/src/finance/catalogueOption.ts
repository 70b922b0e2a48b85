import type { Accelerator } from "../catalogue/Accelerator.ts";
import { accelerator } from "../catalogue/accelerators.ts";
import { type GpuHour, gpuHours } from "../catalogue/gpuHours.ts";
import { systems } from "../catalogue/systems.ts";
import { within } from "../internal/checked.ts";
import type { DecodeStep } from "../production/decodeBound.ts";
import type { Placement } from "../production/Placement.ts";
import { rooflineScale } from "../production/rooflineScale.ts";
import type { Sourced } from "../quantities/Sourced.ts";
import { type PlainNumber, type TokensPerSecond, tokensPerSecond, type Watts, watts } from "../units.ts";
import type { HardwareOption } from "./compareHardware.ts";

/** How the machines would be used, and what is known of that from measurements. */
export interface Operation {
  /**
   * What one accelerator makes on this load, by the catalogue's ids: of one's own, or `measuredYields` of a benchmark
   * that is like it. All other chips are scaled from the one in `placement`, which must be among them.
   */
  readonly yields: Readonly<Record<string, Sourced<TokensPerSecond>>>;
  readonly placement: Placement;
  readonly step: DecodeStep;
  readonly buyer: "hyperscaler" | "neocloud" | "rentedForThreeYears";
  /** For chips of which only the rack's own power is known. */
  readonly pue: PlainNumber;
}

/** Chips that MLPerf measured make down to half of what the roofline scales them to from another (a test holds them so). */
const SCALING_ERROR = 2;

/**
 * A chip of the catalogue as an option: its throughput as measured or else by the roofline (`assumed`), its hour and its
 * power as published. What nobody states stays unknown: a chip of a roadmap without figures has none here, either.
 *
 * Throws `RangeError` for an id that is not in the catalogue, a placement whose chip was not measured, and a PUE below 1.
 */
export function catalogueOption(id: string, operation: Operation): HardwareOption {
  within(operation.pue, 1, 10, "PUE");
  const chip = accelerator(id);
  // The prices are those of packages, whatever they are mounted on.
  const priced = gpuHours.find(({ gpu }) => gpu === id.replace(/-(sxm|gpu)$/, "")) ?? null;
  return {
    name: id,
    year: chip.year,
    tokensPerSecond: yieldOf(chip, operation),
    hour: priced?.[operation.buyer] ?? null,
    hourCovers: "all",
    power: powerOf(id, priced, operation.pue),
  };
}

function yieldOf(chip: Accelerator, { yields, placement, step }: Operation): Sourced<TokensPerSecond> | null {
  const measured = yields[chip.id];
  if (measured !== undefined) return measured;
  const reference = yields[placement.accelerator.id];
  if (reference === undefined) throw new RangeError(`${placement.accelerator.id} was not measured`);
  const scale = rooflineScale(chip, placement, step);
  if (scale === null) return null;
  const scaled = (factor: number) => tokensPerSecond(reference.value * factor);
  return {
    ...reference,
    value: scaled(scale.value),
    range: [scaled(scale.range[0] / SCALING_ERROR), scaled(scale.range[1] * SCALING_ERROR)],
    source: `${reference.source}; scaled from ${placement.accelerator.id} by ${scale.by}`,
    confidence: "assumed",
  };
}

/** At the utility: as published for all of it, or else the rack's with the cooling that PUE stands for. */
function powerOf(id: string, priced: GpuHour | null, pue: number): Sourced<Watts> | null {
  if (priced !== null) return priced.allInPower;
  const system = systems.find(
    ({ chip, power, accelerators }) => chip === id && power !== null && accelerators !== null,
  );
  if (!system?.power || !system.accelerators) return null;
  const { power, accelerators } = system;
  const share = (value: number) => watts((value * pue) / accelerators.value);
  return {
    value: share(power.value),
    unit: "W",
    source: `${power.source}; ${system.id}, at a PUE of ${pue}`,
    asOf: power.asOf,
    confidence: power.confidence,
    ...(power.range === undefined ? {} : { range: [share(power.range[0]), share(power.range[1])] as const }),
  };
}
