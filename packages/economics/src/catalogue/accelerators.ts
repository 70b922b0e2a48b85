import file from "../../data/hardware_catalog.json" with { type: "json" };
import type { Sourced } from "../quantities/Sourced.ts";
import { bytes, bytesPerSecond, flopPerSecond, watts } from "../units.ts";
import type { Accelerator } from "./Accelerator.ts";
import type { ChipRow, HardwareFile } from "./HardwareFile.ts";
import { writtenOn } from "./writtenOn.ts";

const { chips, sources }: HardwareFile = file;

/**
 * Every chip of the catalogue. Two sources that disagree give a range; the value is the one of the source named first.
 */
export const accelerators: readonly Accelerator[] = chips.map((row) => ({
  id: row.id,
  vendor: row.vendor,
  architecture: row.arch,
  year: row.year,
  transistors: sourced(row, "1", Number, 1e9, row.transistors_e9),
  memoryKind: row.mem_type ?? null,
  memory: sourced(row, "B", bytes, 1e9, row.mem_gb, row.mem_gb_alt),
  bandwidth: sourced(row, "B/s", bytesPerSecond, 1e12, row.mem_bw_TBps, row.mem_bw_TBps_alt),
  flops: {
    bf16: sourced(row, "FLOP/s", flopPerSecond, 1e12, row.bf16_dense_tflops),
    fp8: sourced(row, "FLOP/s", flopPerSecond, 1e12, row.fp8_dense_tflops, row.fp8_dense_tflops_alt),
    fp4: sourced(row, "FLOP/s", flopPerSecond, 1e12, row.fp4_dense_tflops, row.fp4_dense_tflops_alt),
  },
  fp4Vendor: sourced(row, "FLOP/s", flopPerSecond, 1e12, row.fp4_inference_tflops_vendor),
  linkOneWay: sourced(row, "B/s", bytesPerSecond, 1e9 / 2, row.scaleup_bidir_GBps),
  designPower: designPower(row),
  notes: row.notes ?? null,
}));

/** The chip with this id. Throws `RangeError`, with the ids that there are, for any other. */
export function accelerator(id: string): Accelerator {
  const found = accelerators.find((chip) => chip.id === id);
  if (found === undefined) throw new RangeError(`no chip ${id}; there are ${accelerators.map((chip) => chip.id)}`);
  return found;
}

function designPower(row: ChipRow): Accelerator["designPower"] {
  const power = sourced(row, "W", watts, 1, row.tdp_w, row.tdp_w_alt);
  return power === null ? null : { ...power, boundary: "gpu" };
}

function sourced<Unit extends number>(
  row: ChipRow,
  unit: string,
  branded: (value: number) => Unit,
  scale: number,
  value?: number | null,
  alternative: number | null = null,
): Sourced<Unit> | null {
  if (value === undefined || value === null) return null;
  const known = branded(value * scale);
  const other = alternative === null ? null : branded(alternative * scale);
  const names = row.src.map((name) => sources[name] ?? name);
  return {
    value: known,
    unit,
    source: names.join("; "),
    asOf: writtenOn(names[0] ?? ""),
    confidence: confidence(row),
    ...(other === null ? {} : { range: other < known ? ([other, known] as const) : ([known, other] as const) }),
  };
}

function confidence({ confidence: stated, src }: ChipRow): Sourced<number>["confidence"] {
  if (src.length === 0) return "assumed";
  // What we read in the words of a vendor or author is published; all else in the catalogue is somebody's quotation.
  return stated === undefined ? "published" : "quoted";
}
