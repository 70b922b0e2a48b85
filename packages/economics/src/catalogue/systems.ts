import file from "../../data/hardware_catalog.json" with { type: "json" };
import type { Sourced } from "../quantities/Sourced.ts";
import {
  type Bytes,
  type BytesPerSecond,
  bytes,
  bytesPerSecond,
  type FlopPerSecond,
  flopPerSecond,
  type PlainNumber,
  type Usd,
  usd,
  type Watts,
  watts,
} from "../units.ts";
import type { HardwareFile, SystemRow } from "./HardwareFile.ts";
import { writtenOn } from "./writtenOn.ts";

const { systems: rows, sources }: HardwareFile = file;

/** A server or rack as it is sold. `null` is what no source states. */
export interface ComputeSystem {
  readonly id: string;
  /** What computes in it, by the id of `accelerators`. */
  readonly chip: string;
  /** Packages, not dies: a name that counts dies is twice as large. */
  readonly accelerators: Sourced<PlainNumber> | null;
  readonly processors: Sourced<PlainNumber> | null;
  /** With structured sparsity twice the dense figure. */
  readonly fp4Dense: Sourced<FlopPerSecond> | null;
  readonly fp4Sparse: Sourced<FlopPerSecond> | null;
  /** As the vendor prints it, who does not say whether it is dense. */
  readonly fp4Vendor: Sourced<FlopPerSecond> | null;
  /** The accelerators' own memory, and all that they can address. */
  readonly hbm: Sourced<Bytes> | null;
  readonly fastMemory: Sourced<Bytes> | null;
  /** Of all the accelerators' memory. */
  readonly bandwidth: Sourced<BytesPerSecond> | null;
  /** Of all scale-up links in one direction. */
  readonly linkOneWay: Sourced<BytesPerSecond> | null;
  readonly power: Sourced<Watts> | null;
  /** What it is sold for, what the hall and its power add, and both. */
  readonly price: Sourced<Usd> | null;
  readonly infrastructure: Sourced<Usd> | null;
  readonly allIn: Sourced<Usd> | null;
  readonly notes: string | null;
}

export const systems: readonly ComputeSystem[] = rows.map((row) => {
  const [low, high] = row.rack_power_kw_range ?? [];
  const prices = [...(row.price_usd_estimates ?? [])].sort((a, b) => a - b);
  return {
    id: row.id,
    chip: row.chip,
    accelerators: sourced(row, "1", Number, 1, row.gpus ?? row.lpus),
    processors: sourced(row, "1", Number, 1, row.cpus),
    fp4Dense: sourced(row, "FLOP/s", flopPerSecond, 1e15, row.fp4_pflops_dense),
    fp4Sparse: sourced(row, "FLOP/s", flopPerSecond, 1e15, row.fp4_pflops_sparse),
    fp4Vendor: sourced(row, "FLOP/s", flopPerSecond, 1e15, row.fp4_inference_pflops_vendor),
    hbm: sourced(row, "B", bytes, 1e12, row.hbm_tb ?? row.mem_total_tb),
    fastMemory: sourced(row, "B", bytes, 1e12, row.fast_memory_tb),
    bandwidth: sourced(row, "B/s", bytesPerSecond, 1e12, row.mem_bw_total_TBps),
    linkOneWay: sourced(row, "B/s", bytesPerSecond, 1e12 / 2, row.nvlink_total_TBps),
    power: sourced(row, "W", watts, 1000, row.rack_power_kw ?? row.max_power_kw ?? low, row.rack_power_kw_alt ?? high),
    price: sourced(row, "USD", usd, 1, prices[0], prices.at(-1)),
    infrastructure: sourced(row, "USD", usd, 1, row.infra_usd_bernstein),
    allIn: sourced(row, "USD", usd, 1, row.all_in_usd_bernstein),
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
