import type { Boundary } from "@joulemint/economics/cost/Boundary";
import type { TokenUsage } from "@joulemint/economics/TokenUsage";
import type { EnergyProvenance } from "@joulemint/protocol/Receipt";

/** The energy of one call. `energyMillijoules` is `null` if and only if the provenance is `unknown`. */
export interface Energy {
  readonly energyMillijoules: bigint | null;
  readonly provenance: EnergyProvenance;
}

/** Says how much energy a call took. It answers within 50 ms, with `unknown` rather than late. */
export interface EnergyMeter {
  /** What its energy is measured around; `null` where it knows none. */
  readonly boundary: Extract<Boundary, "gpu" | "it"> | null;
  attribute(usage: TokenUsage): Promise<Energy>;
  close(): void;
}
