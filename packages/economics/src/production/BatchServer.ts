import type { PlainNumber } from "../units.ts";
import type { ServingCurve } from "./ServingCurve.ts";
import { throughputAtBatch } from "./throughputAtBatch.ts";

/** A server that decodes all requests in its batch together: one token of each in a step (continuous batching). */
export interface BatchServer {
  /** Seconds of a step by its batch, without what follows: a law, or a measured curve. */
  readonly stepTime: (batch: PlainNumber) => number;
  /** What a step takes longer for each token of context in the batch, in s: keys and values are read. */
  readonly perContextToken: PlainNumber;
  /** What the step that admits a request takes longer for each token of its prompt, in s, for the whole batch. */
  readonly perPromptToken: PlainNumber;
  /** Requests that fit in the batch. */
  readonly places: PlainNumber;
  /** The batches that `stepTime` was measured between; absent for a law that holds for all of them. */
  readonly measured?: readonly [least: PlainNumber, most: PlainNumber];
}

export interface RequestSize {
  readonly inputTokens: PlainNumber;
  readonly outputTokens: PlainNumber;
}

/**
 * The time of the server that a request takes in a full batch, in s. Times arrivals per second it is the load: below 1 a
 * queue settles, from 1 on it only grows, because a server with a queue always has a full batch.
 */
export function workAtFullBatch(server: BatchServer, { inputTokens, outputTokens }: RequestSize): number {
  const { stepTime, perContextToken, perPromptToken, places } = server;
  // The context is the prompt in the first step, and a token longer in each that follows.
  const context = outputTokens * inputTokens + (outputTokens * (outputTokens - 1)) / 2;
  return (outputTokens * stepTime(places)) / places + perContextToken * context + perPromptToken * inputTokens;
}

/** A server whose steps are those of a measured curve, which holds what prompts and contexts took on average. */
export const measuredServer = (curve: ServingCurve, places: PlainNumber): BatchServer => ({
  stepTime: (batch) => batch / throughputAtBatch(curve, batch).value,
  perContextToken: 0,
  perPromptToken: 0,
  places,
  measured: [curve.points[0]?.batch ?? 1, curve.points.at(-1)?.batch ?? 1],
});

/** Throws `RangeError` for a server without whole places, and one whose steps take no time. */
export function assertServer({ stepTime, perContextToken, perPromptToken, places }: BatchServer): void {
  if (!(Number.isSafeInteger(places) && places >= 1)) throw new RangeError(`a server needs a place, got ${places}`);
  const steps = [stepTime(1), stepTime(places)];
  if (!steps.every((time) => time > 0 && Number.isFinite(time))) throw new RangeError(`steps must take time: ${steps}`);
  const tokens = [perContextToken, perPromptToken];
  if (!tokens.every((time) => time >= 0 && Number.isFinite(time))) {
    throw new RangeError(`tokens must take no less than 0 s, got ${tokens}`);
  }
}
