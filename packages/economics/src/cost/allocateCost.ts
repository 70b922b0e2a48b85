import { positive, within } from "../internal/checked.ts";
import { ratio } from "../internal/known.ts";
import {
  type LlmTokens,
  type Seconds,
  type TokensPerSecond,
  type Usd,
  type UsdPerMillionTokens,
  usd,
  usdPerMillionTokens,
} from "../units.ts";

/** What the machines did in the time that a bill is for. */
export interface PhaseUsage {
  /** Machine-seconds on the bill: each machine's time, busy or not. */
  readonly machineSeconds: Seconds;
  /** Input that was computed, input that was found in the cache, and output. */
  readonly input: LlmTokens;
  readonly cached: LlmTokens;
  readonly output: LlmTokens;
  /** What one machine does of each when it does nothing else. Reading a cached token is cheap, not free. */
  readonly prefillRate: TokensPerSecond;
  readonly cacheRate: TokensPerSecond;
  readonly decodeRate: TokensPerSecond;
}

export interface AllocatedCost {
  readonly input: Usd;
  readonly cached: Usd;
  readonly output: Usd;
  /** Of the machines' time in which they did none of it. */
  readonly idle: Usd;
  /** Cost of each class for a million tokens of it, without what idles; `null` where there were none. */
  readonly perMillion: Readonly<Record<"input" | "cached" | "output", UsdPerMillionTokens | null>>;
}

/** Money on a bill is in whole micro-dollars, which add up without an error. */
const MICRO = 1e6;

/**
 * Divides a bill by the machine-time that each phase took. The parts are whole micro-dollars and sum to the bill,
 * itself rounded to micro-dollars, exactly: rounding of the cumulative time leaves no remainder. They are returned in
 * dollars, which doubles add up only to the last digit: count in micro-dollars what must balance. Dividing the whole bill
 * by input and again by output tokens would charge for every machine twice.
 *
 * Throws `RangeError` if the phases took more time than is on the bill: then a rate is too low, or the time too short.
 */
export function allocateCost(bill: Usd, usage: PhaseUsage): AllocatedCost {
  const total = positive(usage.machineSeconds, "machine-seconds");
  const times = [
    Number(usage.input) / positive(usage.prefillRate, "prefill rate"),
    Number(usage.cached) / positive(usage.cacheRate, "cache rate"),
    Number(usage.output) / positive(usage.decodeRate, "decode rate"),
  ];
  const micros = Math.round(within(bill, 0, Number.MAX_SAFE_INTEGER / MICRO, "bill") * MICRO);
  let elapsed = 0;
  let paid = 0;
  const [input, cached, output] = times.map((time) => {
    elapsed += time;
    const upTo = Math.round(micros * Math.min(1, elapsed / total));
    const part = upTo - paid;
    paid = upTo;
    return part;
  }) as [number, number, number];
  if (elapsed > total * (1 + 1e-9)) throw new RangeError(`${elapsed} s of work in ${total} machine-seconds`);
  const parts = { input, cached, output };
  const perMillion = (part: keyof typeof parts) => {
    const each = ratio(parts[part], usage[part]);
    return each === null ? null : usdPerMillionTokens(each);
  };
  return {
    input: usd(input / MICRO),
    cached: usd(cached / MICRO),
    output: usd(output / MICRO),
    idle: usd((micros - paid) / MICRO),
    perMillion: { input: perMillion("input"), cached: perMillion("cached"), output: perMillion("output") },
  };
}
