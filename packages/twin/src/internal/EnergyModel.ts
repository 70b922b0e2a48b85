import { type Watts, watts } from "@joulemint/economics/units";
import type { HardwareProfile } from "../HardwareProfile.ts";

const BUCKET_MS = 100;
const BUCKETS = 10;

/** Energy and power that the modelled machine would have used for what the twin really did. */
export class EnergyModel {
  readonly profile: HardwareProfile;
  readonly #now: () => number;
  readonly #startedAt: number;
  #tokenMillijoules = 0;
  /** Energy of tokens in each tenth of the last second; a slot belongs to the bucket that its number says. */
  readonly #recent = new Float64Array(BUCKETS);
  readonly #bucketOf = new Float64Array(BUCKETS).fill(-1);

  /** @param now milliseconds of a clock that never goes back */
  constructor(profile: HardwareProfile, now: () => number) {
    this.profile = profile;
    this.#now = now;
    this.#startedAt = now();
  }

  record(prefillTokens: number, decodeTokens: number): void {
    const { prefillMillijoulesPerToken, decodeMillijoulesPerToken } = this.profile;
    const used = prefillTokens * prefillMillijoulesPerToken + decodeTokens * decodeMillijoulesPerToken;
    this.#tokenMillijoules += used;
    const bucket = Math.floor(this.#now() / BUCKET_MS);
    const slot = bucket % BUCKETS;
    this.#recent[slot] = (this.#bucketOf[slot] === bucket ? (this.#recent[slot] as number) : 0) + used;
    this.#bucketOf[slot] = bucket;
  }

  /** Since the start. Watts times milliseconds are millijoules. */
  millijoules(): number {
    return this.profile.idleWatts * (this.#now() - this.#startedAt) + this.#tokenMillijoules;
  }

  /** Mean over the last second. */
  watts(): Watts {
    const oldest = Math.floor(this.#now() / BUCKET_MS) - BUCKETS + 1;
    const recent = this.#recent.reduce(
      (sum, used, slot) => sum + ((this.#bucketOf[slot] as number) >= oldest ? used : 0),
      0,
    );
    return watts(this.profile.idleWatts + recent / (BUCKETS * BUCKET_MS));
  }
}
