import { type Seconds, seconds } from "../units.ts";
import { assertServer, type BatchServer, type RequestSize } from "./BatchServer.ts";

export interface TimedRequest extends RequestSize {
  /** From the start of the trace. */
  readonly arrival: Seconds;
}

export interface ServedRequest {
  readonly request: TimedRequest;
  /** From arrival to first token, with waiting. */
  readonly ttft: Seconds;
  /** Mean time of each token after the first; `null` if there is none. */
  readonly tpot: Seconds | null;
  readonly endToEnd: Seconds;
}

export interface Replay {
  /** In the order of arrivals. */
  readonly served: readonly ServedRequest[];
  /** Seconds that the server spent in steps of each batch: its place is the batch, 0 the time without requests. */
  readonly time: Float64Array;
}

/**
 * Serves a trace, step by step: at the start of a step whoever waits is admitted, first come, first served, while there
 * are places; at its end each request in the batch has one token more, and leaves with its last. A server without
 * requests rests until the next one arrives. The order of `requests` makes no difference.
 *
 * Throws `RangeError` as `assertServer` does, and for a request without whole tokens.
 */
export function replay(server: BatchServer, requests: readonly TimedRequest[]): Replay {
  assertServer(server);
  requests.forEach(assertSize);
  const queue = [...requests].sort(
    (a, b) => a.arrival - b.arrival || a.inputTokens - b.inputTokens || a.outputTokens - b.outputTokens,
  );
  const firstToken = new Float64Array(queue.length);
  const lastToken = new Float64Array(queue.length);
  const time = new Float64Array(server.places + 1);
  const stepTime = remembered(server.stepTime);
  /** Positions in the queue, by the step that makes their last token. */
  const leaving = new Map<number, number[]>();
  let now = 0;
  let admitted = 0;
  let batch = 0;
  let context = 0;
  for (let step = 0; admitted < queue.length || batch > 0; step += 1) {
    const from = admitted;
    if (batch === 0) {
      const next = Math.max(now, queue[admitted]?.arrival ?? now);
      time[0] = (time[0] as number) + next - now;
      now = next;
    }
    let prompts = 0;
    for (let next = queue[admitted]; next !== undefined && next.arrival <= now && batch < server.places; ) {
      const last = step + next.outputTokens - 1;
      const together = leaving.get(last);
      if (together === undefined) leaving.set(last, [admitted]);
      else together.push(admitted);
      prompts += next.inputTokens;
      batch += 1;
      admitted += 1;
      next = queue[admitted];
    }
    context += prompts;
    const took = stepTime(batch) + server.perContextToken * context + server.perPromptToken * prompts;
    now += took;
    time[batch] = (time[batch] as number) + took;
    firstToken.fill(now, from, admitted);
    context += batch;
    for (const position of leaving.get(step) ?? []) {
      const { inputTokens, outputTokens } = queue[position] as TimedRequest;
      lastToken[position] = now;
      context -= inputTokens + outputTokens;
      batch -= 1;
    }
    leaving.delete(step);
  }
  const served = queue.map((request, position): ServedRequest => {
    const [first, last] = [firstToken[position] as number, lastToken[position] as number];
    return {
      request,
      ttft: seconds(first - request.arrival),
      tpot: request.outputTokens > 1 ? seconds((last - first) / (request.outputTokens - 1)) : null,
      endToEnd: seconds(last - request.arrival),
    };
  });
  return { served, time };
}

/** A curve is looked up once for each batch, not once for each of a million steps. */
function remembered(stepTime: (batch: number) => number): (batch: number) => number {
  const known = new Map<number, number>();
  return (batch) => {
    const found = known.get(batch) ?? stepTime(batch);
    known.set(batch, found);
    return found;
  };
}

function assertSize({ inputTokens, outputTokens }: RequestSize): void {
  const whole = Number.isSafeInteger(inputTokens) && Number.isSafeInteger(outputTokens);
  if (!whole || inputTokens < 0 || outputTokens < 1) {
    throw new RangeError(`a request has whole tokens, and output from 1 on, got ${inputTokens} and ${outputTokens}`);
  }
}
