import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { EnergyModel } from "./EnergyModel.ts";

// The buckets of vLLM, in seconds.
const TTFT_BUCKETS = [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80];
const E2E_BUCKETS = [0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680];

export type FinishedReason = "stop" | "length" | "abort";

/** What the twin has done, under the metric names of vLLM and of dcgm-exporter. */
export class EngineMetrics {
  readonly registry = new Registry();
  readonly promptTokens: Counter.Internal;
  readonly generationTokens: Counter.Internal;
  readonly prefixCacheQueries: Counter.Internal;
  readonly prefixCacheHits: Counter.Internal;
  readonly running: Gauge.Internal<string>;
  readonly waiting: Gauge.Internal<string>;
  readonly timeToFirstToken: Histogram.Internal<string>;
  readonly endToEnd: Histogram.Internal<string>;
  readonly #success: Counter<string>;
  readonly #labels: { model_name: string; engine: string };

  constructor(modelName: string, energy: EnergyModel) {
    this.#labels = { model_name: modelName, engine: "0" };
    this.promptTokens = this.#counter("vllm:prompt_tokens_total", "Prompt tokens processed, cached ones included.");
    this.generationTokens = this.#counter("vllm:generation_tokens_total", "Tokens generated.");
    this.prefixCacheQueries = this.#counter("vllm:prefix_cache_queries_total", "Prompt tokens looked up in the cache.");
    this.prefixCacheHits = this.#counter(
      "vllm:prefix_cache_hits_total",
      "Prompt tokens that requests said are cached.",
    );
    this.running = this.#gauge("vllm:num_requests_running", "Requests being generated.");
    this.waiting = this.#gauge("vllm:num_requests_waiting", "Requests waiting to be generated.");
    this.timeToFirstToken = this.#histogram("vllm:time_to_first_token_seconds", "Time to first token.", TTFT_BUCKETS);
    this.endToEnd = this.#histogram("vllm:e2e_request_latency_seconds", "Time to last token.", E2E_BUCKETS);
    this.#success = new Counter({
      name: "vllm:request_success_total",
      help: "Requests that ended, by reason.",
      labelNames: ["model_name", "engine", "finished_reason"],
      registers: [this.registry],
    });
    for (const reason of ["stop", "length", "abort"] as const) this.finished(reason, 0);
    this.#addEnergy(energy);
  }

  finished(reason: FinishedReason, count = 1): void {
    this.#success.inc({ ...this.#labels, finished_reason: reason }, count);
  }

  /** A counter that stands at 0 from the start: a missing line would mean that nobody knows. */
  #counter(name: string, help: string): Counter.Internal {
    const labelNames = Object.keys(this.#labels);
    const counter = new Counter({ name, help, labelNames, registers: [this.registry] }).labels(this.#labels);
    counter.inc(0);
    return counter;
  }

  #gauge(name: string, help: string): Gauge.Internal<string> {
    const labelNames = Object.keys(this.#labels);
    const gauge = new Gauge({ name, help, labelNames, registers: [this.registry] }).labels(this.#labels);
    gauge.set(0);
    return gauge;
  }

  #histogram(name: string, help: string, buckets: number[]): Histogram.Internal<string> {
    const labelNames = Object.keys(this.#labels);
    return new Histogram({ name, help, buckets, labelNames, registers: [this.registry] }).labels(this.#labels);
  }

  /** One line of each, since the profile is of a whole system; the label says that nothing was measured. */
  #addEnergy(energy: EnergyModel): void {
    const labels = { gpu: "0", modelName: `modelled ${energy.profile.name}` };
    const labelNames = Object.keys(labels);
    new Gauge({
      name: "DCGM_FI_DEV_POWER_USAGE",
      help: `Power draw (in W). Modelled, not measured: ${energy.profile.source}.`,
      labelNames,
      registers: [this.registry],
      collect() {
        this.set(labels, energy.watts());
      },
    });
    let reported = 0;
    new Counter({
      name: "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION",
      help: `Total energy consumption since start (in mJ). Modelled, not measured: ${energy.profile.source}.`,
      labelNames,
      registers: [this.registry],
      collect() {
        const total = Math.floor(energy.millijoules());
        this.inc(labels, total - reported);
        reported = total;
      },
    });
  }
}
