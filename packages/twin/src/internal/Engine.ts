import { setImmediate, setTimeout } from "node:timers/promises";
import type { Admission } from "./Admission.ts";
import type { Answer } from "./Answer.ts";
import type { EnergyModel } from "./EnergyModel.ts";
import type { EngineMetrics } from "./EngineMetrics.ts";

export interface Job {
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly answers: readonly Answer[];
  /** The most tokens of one answer to make without looking after other requests. */
  readonly stride: number;
  /** Called when the prompt has been read; what it returns is awaited. */
  readonly begin?: () => Promise<void>;
  /** Called with each piece of text once its tokens are counted; what it returns is awaited. */
  readonly emit: (index: number, text: string) => Promise<void> | undefined;
}

/** Tokens per second; Infinity for as fast as it goes. */
export interface EngineSpeed {
  readonly decode: number;
  readonly prefill: number;
}

/** Runs jobs at the modelled speed and accounts for what they really produced. */
export class Engine {
  readonly #speed: EngineSpeed;
  readonly #admission: Admission;
  readonly #energy: EnergyModel;
  readonly #metrics: EngineMetrics;

  constructor(speed: EngineSpeed, admission: Admission, energy: EnergyModel, metrics: EngineMetrics) {
    this.#speed = speed;
    this.#admission = admission;
    this.#energy = energy;
    this.#metrics = metrics;
  }

  /** Resolves when all answers are finished. When `signal` aborts, generation stops and this rejects. */
  async run(job: Job, signal: AbortSignal): Promise<void> {
    const arrivedAt = performance.now();
    try {
      await this.#wait(signal);
      this.#metrics.running.inc();
      try {
        await this.#prefill(job, signal);
        await job.begin?.();
        await this.#decode(job, arrivedAt, signal);
      } finally {
        this.#metrics.running.dec();
        this.#admission.leave();
      }
    } catch (error) {
      this.#metrics.finished("abort");
      throw error;
    }
    this.#metrics.finished(job.answers.some(({ finishReason }) => finishReason === "length") ? "length" : "stop");
    this.#metrics.endToEnd.observe((performance.now() - arrivedAt) / 1000);
  }

  async #wait(signal: AbortSignal): Promise<void> {
    this.#metrics.waiting.inc();
    try {
      await this.#admission.enter(signal);
    } finally {
      this.#metrics.waiting.dec();
    }
  }

  async #prefill({ promptTokens, cachedTokens }: Job, signal: AbortSignal): Promise<void> {
    const computed = promptTokens - cachedTokens;
    const milliseconds = (computed / this.#speed.prefill) * 1000;
    if (milliseconds > 0) await setTimeout(milliseconds, undefined, { signal });
    signal.throwIfAborted();
    this.#metrics.promptTokens.inc(promptTokens);
    this.#metrics.prefixCacheQueries.inc(promptTokens);
    this.#metrics.prefixCacheHits.inc(cachedTokens);
    this.#energy.record(computed, 0);
  }

  async #decode(job: Job, arrivedAt: number, signal: AbortSignal): Promise<void> {
    const startedAt = performance.now();
    const perMillisecond = this.#speed.decode / 1000;
    for (let taken = 0; ; ) {
      // The first token is due when the prompt has been read.
      const due = 1 + Math.floor((performance.now() - startedAt) * perMillisecond) - taken;
      const tokens = Math.min(Number.isNaN(due) ? job.stride : due, job.stride);
      for (const [index, answer] of job.answers.entries()) {
        if (tokens > 0 && answer.finishReason === null) await this.#step(job, index, answer, tokens, signal);
      }
      if (taken === 0) this.#metrics.timeToFirstToken.observe((performance.now() - arrivedAt) / 1000);
      taken += Math.max(tokens, 0);
      if (job.answers.every(({ finishReason }) => finishReason !== null)) return;
      const rest = taken / perMillisecond - (performance.now() - startedAt);
      if (rest > 0) await setTimeout(rest, undefined, { signal });
      else await setImmediate(undefined, { signal });
    }
  }

  async #step(job: Job, index: number, answer: Answer, tokens: number, signal: AbortSignal): Promise<void> {
    const before = answer.produced;
    const text = answer.take(tokens);
    this.#metrics.generationTokens.inc(answer.produced - before);
    this.#energy.record(0, answer.produced - before);
    await job.emit(index, text);
    signal.throwIfAborted();
  }
}
