import { type Watts, watts } from "@joulemint/economics/units";

/** What the modelled machine draws. Everything that the twin says about energy follows from these figures. */
export interface HardwareProfile {
  readonly name: string;
  /** Power of the whole system when it does nothing. */
  readonly idleWatts: Watts;
  /** Energy above idle for one prompt token that is not in the prefix cache. */
  readonly prefillMillijoulesPerToken: number;
  /** Energy above idle for one generated token. */
  readonly decodeMillijoulesPerToken: number;
  /** Where the figures come from, and what is assumed. */
  readonly source: string;
}

/**
 * A system of eight B200 with llama2-70b. Measured: MLPerf Inference v5.1 power result 5.1-0061, offline: 10.40 kW and
 * 9.894 tokens per joule, so 101.07 mJ per generated token for everything. How that divides is assumed: 30 % of full
 * power at idle (30.3 mJ per token at full load); 15.7 mJ per prompt token, which is 2 x 70e9 FLOP at the chip's peak fp4
 * rate and design power; as many prompt as generated tokens; the rest, 55.0 mJ, is decoding.
 */
export const B200_SYSTEM: HardwareProfile = {
  name: "8xB200 llama2-70b",
  idleWatts: watts(3120),
  prefillMillijoulesPerToken: 15.7,
  decodeMillijoulesPerToken: 55,
  source: "total from MLPerf Inference v5.1 (5.1-0061, offline, 101 mJ per token); its division is assumed",
};
