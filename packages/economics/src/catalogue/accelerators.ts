import file from "../../data/hardware_catalog.json" with { type: "json" };
import type { Sourced } from "../quantities/Sourced.ts";
import { watts } from "../units.ts";
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
  transistors: sourced(row, "1", 1e9, row.transistors_e9),
  memoryKind: row.mem_type ?? null,
  memory: sourced(row, "B", 1e9, row.mem_gb, row.mem_gb_alt),
  bandwidth: sourced(row, "B/s", 1e12, row.mem_bw_TBps, row.mem_bw_TBps_alt),
  flops: {
    bf16: sourced(row, "FLOP/s", 1e12, row.bf16_dense_tflops),
    fp8: sourced(row, "FLOP/s", 1e12, row.fp8_dense_tflops, row.fp8_dense_tflops_alt),
    fp4: sourced(row, "FLOP/s", 1e12, row.fp4_dense_tflops, row.fp4_dense_tflops_alt),
  },
  linkOneWay: sourced(row, "B/s", 1e9 / 2, row.scaleup_bidir_GBps),
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
  const power = sourced(row, "W", 1, row.tdp_w, row.tdp_w_alt);
  if (power === null) return null;
  const { range, ...rest } = power;
  return {
    ...rest,
    boundary: "gpu",
    value: watts(power.value),
    ...(range === undefined ? {} : { range: [watts(range[0]), watts(range[1])] }),
  };
}

function sourced(row: ChipRow, unit: string, scale: number, value?: number | null, alternative?: number) {
  if (value === undefined || value === null) return null;
  const range = [value, alternative ?? value].map((one) => one * scale).sort((a, b) => a - b);
  const names = row.src.map((name) => sources[name] ?? name);
  const result: Sourced<number> = {
    value: value * scale,
    unit,
    source: names.join("; "),
    asOf: writtenOn(names[0] ?? ""),
    confidence: confidence(row),
    ...(alternative === undefined ? {} : { range: [range[0] ?? value, range[1] ?? value] }),
  };
  return result;
}

function confidence({ confidence: stated, src }: ChipRow): Sourced<number>["confidence"] {
  if (src.length === 0) return "assumed";
  // What we read in the words of a vendor or author is published; all else in the catalogue is somebody's quotation.
  return stated === undefined ? "published" : "quoted";
}
