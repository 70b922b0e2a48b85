import type { Seconds } from "../units.ts";

/** What a tier promises of an answer: how soon it begins, and how fast it goes on. `null` promises nothing. */
export interface Slo {
  readonly ttft: Seconds | null;
  readonly tpot: Seconds | null;
}
