import { allInput, allOutput, type TokenUsage } from "@joulemint/economics/TokenUsage";
import type { Energy, EnergyMeter } from "./EnergyMeter.ts";
import { sumMetric } from "./internal/sumMetric.ts";
import type { Logger } from "./Logger.ts";

/**
 * How much more energy an output token takes than a prompt token. Decoding reads every weight for each step of a batch
 * while prefill shares that read among all tokens of a prompt; published prices of the two differ by 4 to 8. The shares
 * need not add up to what the GPUs drew: windows of calls overlap, and idle time between calls belongs to none.
 */
const OUTPUT_TOKEN_WEIGHT = 8n;

const UNKNOWN: Energy = { energyMillijoules: null, provenance: "unknown" };
/** Between two scrapes for calls. */
const SCRAPE_EVERY_MS = 1_000;
/** While no call comes, a scrape now and then keeps idle power of the past out of the next call's share. */
const IDLE_SCRAPE_EVERY_MS = 5_000;
const WINDOW_MS = 30_000;
const PATIENCE_MS = 50;

interface Sample {
  readonly at: number;
  readonly millijoules: bigint;
  /** Prompt tokens + `OUTPUT_TOKEN_WEIGHT` x output tokens. */
  readonly weightedTokens: bigint;
}

/**
 * Attributes to a call its weighted share of the energy that all GPUs drew over the last seconds, as the upstream's
 * own `/metrics` tell it: `DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION` (millijoules), `vllm:prompt_tokens_total` (cached ones
 * included, so they weigh like any prompt token) and `vllm:generation_tokens_total`. The provenance is `modelled`:
 * counters of a whole machine cannot measure one call. Unknown while a series is absent, the page cannot be reached,
 * or no token was counted yet.
 */
export function scrapedEnergy(options: { readonly metricsUrl: string; readonly logger?: Logger }): EnergyMeter {
  const samples: Sample[] = [];
  const closing = new AbortController();
  let scraping: Promise<void> | null = null;
  let lastForCall = Number.NEGATIVE_INFINITY;
  let reachable = true;

  const scrape = async (): Promise<void> => {
    try {
      const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(SCRAPE_EVERY_MS)]);
      const response = await fetch(options.metricsUrl, { signal });
      const sample = response.ok ? readSample(await response.text()) : null;
      if (sample === null) samples.length = 0;
      else remember(samples, sample);
      if (!reachable) options.logger?.info("The upstream's metrics can be reached again.");
      reachable = true;
    } catch (error) {
      samples.length = 0;
      if (closing.signal.aborted) return;
      // Once per outage: an upstream without metrics is normal, and every call would repeat it.
      if (reachable) options.logger?.warn("The upstream's metrics cannot be reached.", { reason: String(error) });
      reachable = false;
    }
  };
  const scrapeOnce = (): Promise<void> => {
    scraping ??= scrape().finally(() => {
      scraping = null;
    });
    return scraping;
  };

  void scrapeOnce();
  const idle = setInterval(() => {
    if (performance.now() - lastForCall > IDLE_SCRAPE_EVERY_MS) void scrapeOnce();
  }, IDLE_SCRAPE_EVERY_MS);
  idle.unref();

  return {
    boundary: "gpu",
    async attribute(usage) {
      const now = performance.now();
      if (now - lastForCall >= SCRAPE_EVERY_MS && !closing.signal.aborted) {
        lastForCall = now;
        await within(PATIENCE_MS, scrapeOnce());
      } else if (scraping !== null) {
        await within(PATIENCE_MS, scraping);
      }
      return share(samples, weigh(usage));
    },
    close() {
      clearInterval(idle);
      closing.abort();
    },
  };
}

function weigh(usage: TokenUsage): bigint {
  return allInput(usage) + OUTPUT_TOKEN_WEIGHT * allOutput(usage);
}

function readSample(text: string): Sample | null {
  const millijoules = sumMetric(text, "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION");
  const prompt = sumMetric(text, "vllm:prompt_tokens_total");
  const output = sumMetric(text, "vllm:generation_tokens_total");
  if (millijoules === null || prompt === null || output === null) return null;
  return { at: performance.now(), millijoules, weightedTokens: prompt + OUTPUT_TOKEN_WEIGHT * output };
}

function remember(samples: Sample[], sample: Sample): void {
  const last = samples.at(-1);
  // A counter that went back belongs to a restarted engine or driver: nothing before it can be compared.
  if (last && (sample.millijoules < last.millijoules || sample.weightedTokens < last.weightedTokens))
    samples.length = 0;
  samples.push(sample);
  while (samples.length > 2 && sample.at - (samples[1]?.at ?? 0) > WINDOW_MS) samples.shift();
}

/** The share over the shortest window that saw at least as many tokens as the call had: the least idle time. */
function share(samples: readonly Sample[], weight: bigint): Energy {
  const newest = samples.at(-1);
  if (newest === undefined) return UNKNOWN;
  let energy = 0n;
  let tokens = 0n;
  for (let at = samples.length - 2; at >= 0 && (tokens === 0n || tokens < weight); at--) {
    const sample = samples[at];
    if (sample === undefined) break;
    energy = newest.millijoules - sample.millijoules;
    tokens = newest.weightedTokens - sample.weightedTokens;
  }
  if (tokens === 0n) return UNKNOWN;
  const share = (energy * weight) / tokens;
  // An engine may count a call late. No call takes more than the machine drew.
  return { energyMillijoules: share > energy ? energy : share, provenance: "modelled" };
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, timeout]);
  clearTimeout(timer);
}
