import file from "../../data/hardware_catalog.json" with { type: "json" };
import type { Sourced } from "../quantities/Sourced.ts";
import { type Bytes, bytes, type FlopPerSecond, flopPerSecond, type Watts, watts } from "../units.ts";
import type { HardwareFile, SystemRow } from "./HardwareFile.ts";
import { writtenOn } from "./writtenOn.ts";

const { systems: rows, sources }: HardwareFile = file;

/** A server or rack as it is sold. `null` is what no source states. */
export interface ComputeSystem {
  readonly id: string;
  /** What computes in it, by the id of `accelerators`. */
  readonly chip: string;
  /** Packages, not dies: a name that counts dies is twice as large. */
  readonly accelerators: Sourced<number> | null;
  readonly processors: Sourced<number> | null;
  /** With structured sparsity twice the dense figure. */
  readonly fp4Dense: Sourced<FlopPerSecond> | null;
  readonly fp4Sparse: Sourced<FlopPerSecond> | null;
  /** The accelerators' own memory, and all that they can address. */
  readonly hbm: Sourced<Bytes> | null;
  readonly fastMemory: Sourced<Bytes> | null;
  readonly power: Sourced<Watts> | null;
  readonly notes: string | null;
}

export const systems: readonly ComputeSystem[] = rows.map((row) => {
  const [low, high] = row.rack_power_kw_range ?? [];
  return {
    id: row.id,
    chip: row.chip,
    accelerators: sourced(row, "1", Number, 1, row.gpus ?? row.lpus),
    processors: sourced(row, "1", Number, 1, row.cpus),
    fp4Dense: sourced(row, "FLOP/s", flopPerSecond, 1e15, row.fp4_pflops_dense),
    fp4Sparse: sourced(row, "FLOP/s", flopPerSecond, 1e15, row.fp4_pflops_sparse),
    hbm: sourced(row, "B", bytes, 1e12, row.hbm_tb),
    fastMemory: sourced(row, "B", bytes, 1e12, row.fast_memory_tb),
    power: sourced(row, "W", watts, 1000, row.rack_power_kw ?? row.max_power_kw ?? low, row.rack_power_kw_alt ?? high),
    notes: row.notes ?? null,
  };
});

/** The system with this id. Throws `RangeError`, with the ids that there are, for any other. */
export function computeSystem(id: string): ComputeSystem {
  const found = systems.find((system) => system.id === id);
  if (found === undefined) throw new RangeError(`no system ${id}; there are ${systems.map((system) => system.id)}`);
  return found;
}

function sourced<Unit extends number>(
  row: SystemRow,
  unit: string,
  branded: (value: number) => Unit,
  scale: number,
  value?: number,
  alternative?: number,
): Sourced<Unit> | null {
  if (value === undefined) return null;
  // A row names its sources in one text, each by its short name or in words of its own.
  const names = row.src.split("; ").map((name) => name.replace(/^\w+/, (short) => sources[short] ?? short));
  return {
    value: branded(value * scale),
    unit,
    source: names.join("; "),
    asOf: writtenOn(names[0] ?? ""),
    confidence: "quoted",
    ...(alternative === undefined ? {} : { range: [branded(value * scale), branded(alternative * scale)] as const }),
  };
}
