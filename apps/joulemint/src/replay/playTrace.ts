import { setTimeout as sleep } from "node:timers/promises";
import { chat } from "../client/chat.ts";
import type { SizedRequest } from "./sizedRequest.ts";

export interface ScheduledRequest {
  /** Milliseconds after the start. */
  readonly atMs: number;
  readonly apiKey: string;
  readonly request: SizedRequest;
}

export interface Played {
  /** How long after its scheduled start the last request was answered. */
  readonly lagMs: number;
  readonly elapsedMs: number;
}

/** Sends every request at its time, whatever became of the ones before, and waits for all answers. Fails with the first that was refused. */
export async function playTrace(
  url: string,
  schedule: readonly ScheduledRequest[],
  progress: (done: number) => void,
): Promise<Played> {
  const start = performance.now();
  let done = 0;
  const answers: Promise<void>[] = [];
  for (const { atMs, apiKey, request } of schedule) {
    const early = start + atMs - performance.now();
    if (early > 0) await sleep(early);
    const answer = chat(url, apiKey, { ...request }).then(() => {
      done += 1;
      if (done % 500 === 0) progress(done);
    });
    // Awaited below; until then a refusal must not count as unhandled.
    answer.catch(() => {});
    answers.push(answer);
  }
  await Promise.all(answers);
  const elapsedMs = Math.round(performance.now() - start);
  return { elapsedMs, lagMs: Math.max(0, Math.round(elapsedMs - (schedule.at(-1)?.atMs ?? 0))) };
}
