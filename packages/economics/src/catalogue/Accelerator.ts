import type { Sourced } from "../quantities/Sourced.ts";
import type { Bytes, BytesPerSecond, FlopPerSecond, PlainNumber, Watts } from "../units.ts";

/** What weights and activations are held and multiplied in. */
export type Precision = "bf16" | "fp8" | "fp4";

export const BYTES_PER_VALUE: Readonly<Record<Precision, number>> = { bf16: 2, fp8: 1, fp4: 0.5 };

/** One package (not a die) that computes. `null` is what no source states, or what the chip cannot do. */
export interface Accelerator {
  readonly id: string;
  readonly vendor: string;
  readonly architecture: string;
  readonly year: PlainNumber;
  readonly transistors: Sourced<PlainNumber> | null;
  readonly memoryKind: string | null;
  readonly memory: Sourced<Bytes> | null;
  /** Of that memory. */
  readonly bandwidth: Sourced<BytesPerSecond> | null;
  /**
   * Dense: figures with structured sparsity are twice these and are no throughput of a dense model.
   */
  readonly flops: Readonly<Record<Precision, Sourced<FlopPerSecond> | null>>;
  /** FP4 as the vendor prints it, who does not say whether it is dense: no prediction rests on it. */
  readonly fp4Vendor: Sourced<FlopPerSecond> | null;
  /** Of the scale-up link in one direction; vendors print the sum of both. */
  readonly linkOneWay: Sourced<BytesPerSecond> | null;
  /** Of the package alone. */
  readonly designPower: Sourced<Watts> | null;
  readonly notes: string | null;
}
