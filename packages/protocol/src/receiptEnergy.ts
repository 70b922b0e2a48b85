import { type Joules, joules } from "@joulemint/economics/units";

/** The energy of a receipt, or of many, as economics takes it; unknown stays `null`. */
export const receiptEnergy = (millijoules: bigint | null): Joules | null =>
  millijoules === null ? null : joules(Number(millijoules) / 1000);
