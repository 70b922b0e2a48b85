/** What a power or energy was measured around, from the inside out. Figures of different boundaries do not compare. */
export type Boundary =
  /** The accelerators alone, as their sensors or NVML report it. */
  | "gpu"
  /** IT equipment: GPU, CPU, NIC, switches, storage. */
  | "it"
  /** IT x PUE: what the building takes (ISO/IEC 30134-2). */
  | "facility"
  /** What the utility has to provision for it: facility, with losses and headroom. */
  | "all-in";

/** Throws `RangeError` unless the utility bills what was measured there: at the facility or beyond, not inside it. */
export function assertBilled(boundary: Boundary | null): void {
  if (boundary !== "facility" && boundary !== "all-in") {
    throw new RangeError(`the utility bills at the facility, not at ${boundary ?? "an unstated boundary"}`);
  }
}
