import file from "../../data/hardware_catalog.json" with { type: "json" };
import type { Sourced } from "../quantities/Sourced.ts";
import { type UsdPerHour, usdPerHour, type Watts, watts } from "../units.ts";
import type { HardwareFile } from "./HardwareFile.ts";

const { inferencex_tco_and_power: published }: HardwareFile = file;
const SOURCE = "SemiAnalysisAI/InferenceX-app@77ca49a, total cost of ownership";
/** The source declares these rows temporary: 1.2 times the row of the chip before. */
const PLACEHOLDERS = ["b300", "gb300"];

/** What a GPU-hour costs whom, and the utility's power that a GPU takes with its share of everything else. */
export interface GpuHour {
  readonly gpu: string;
  readonly allInPower: Sourced<Watts>;
  readonly hyperscaler: Sourced<UsdPerHour>;
  readonly neocloud: Sourced<UsdPerHour>;
  readonly rentedForThreeYears: Sourced<UsdPerHour>;
}

export const gpuHours: readonly GpuHour[] = published.rows.map((row) => {
  const provenance = {
    source: SOURCE,
    asOf: published.as_of,
    confidence: PLACEHOLDERS.includes(row.gpu) ? "assumed" : "published",
  } as const;
  const price = (value: number) => ({ value: usdPerHour(value), unit: "USD/GPU-h", ...provenance });
  return {
    gpu: row.gpu,
    allInPower: {
      value: watts(row.all_in_kw * 1000),
      unit: "W",
      ...provenance,
      confidence: "published",
      boundary: "all-in",
    },
    hyperscaler: price(row.hyperscaler),
    neocloud: price(row.neocloud),
    rentedForThreeYears: price(row.rental_3yr),
  };
});

/** The row of a GPU. Throws `RangeError`, with the names that there are, for any other. */
export function gpuHour(gpu: string): GpuHour {
  const found = gpuHours.find((row) => row.gpu === gpu);
  if (found === undefined) throw new RangeError(`no GPU-hour of ${gpu}; there are ${gpuHours.map((row) => row.gpu)}`);
  return found;
}
