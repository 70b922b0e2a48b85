import type { ServerResponse } from "node:http";
import { isJoulemintError, JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { GatewayLimits } from "../GatewayLimits.ts";
import type { Call } from "./Call.ts";
import type { CallAbort } from "./CallAbort.ts";
import type { CallOutcome } from "./CallOutcome.ts";
import { concludeUsage } from "./concludeUsage.ts";
import type { UpstreamAnswer } from "./createUpstream.ts";
import { Delivery } from "./Delivery.ts";
import { errorBody } from "./errorBody.ts";
import { type SseEvent, SseEventTooLarge, SseParser } from "./SseParser.ts";
import { type StreamMark, StreamMeter } from "./StreamMeter.ts";
import { saltedHash } from "./salt.ts";

/** What a last error event may take to leave. */
const LAST_WORD_MS = 1_000;

export interface StreamAnswer {
  /** `null` when the upstream produced nothing: nothing is charged. */
  readonly outcome: CallOutcome | null;
  /** Ends the response; called when the charge is written, so that whoever saw the end can ask for the receipt. */
  end(): void;
}

/**
 * Passes a streamed answer on to the caller while metering it, one write for each read. A caller who leaves stops the
 * upstream and pays for what was produced until then; an upstream that dies is answered with a last error event, and
 * what it produced is paid. Throws UPSTREAM_ERROR only while nothing was sent yet, so that an error can still be
 * answered.
 */
export async function answerStream(
  call: Call,
  body: UpstreamAnswer,
  to: { response: ServerResponse; headers: Readonly<Record<string, string>>; abort: CallAbort; limits: GatewayLimits },
): Promise<StreamAnswer> {
  const { response, abort } = to;
  const meter = new StreamMeter(call.request);
  const parser = new SseParser(to.limits.eventBytes);
  const headers = { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache", ...to.headers };
  const delivery = new Delivery(response, headers, saltedHash(call.salt), meter.mark());
  const end = () => delivery.end();
  const pass = async (events: readonly SseEvent[]): Promise<void> => {
    const bytes = events.map((event) => meter.observe(event)).filter((part) => part !== null);
    if (bytes.length > 0) await delivery.write(Buffer.concat(bytes), meter.mark(), abort.signal);
    meter.text.release(delivery.mark.items);
  };

  let failure: unknown = null;
  try {
    for await (const chunk of body) {
      await pass(parser.push(chunk));
      if (meter.error !== null || abort.signal.aborted) break;
    }
    await pass(lastEvent(parser));
  } catch (error) {
    // An upstream that dies after it said that all is said has not failed.
    if (!abort.signal.aborted && !meter.complete) failure = error;
  }

  const left = abort.reason === "disconnect";
  const broken = !left && (!meter.complete || abort.reason !== null) ? brokenBy(meter, abort, failure) : null;
  if (!meter.started && !delivery.started && broken !== null) throw broken;
  if (broken !== null) {
    const event = Buffer.from(`data: ${JSON.stringify(errorBody(broken))}\n\n`);
    await delivery.write(event, meter.mark(), AbortSignal.timeout(LAST_WORD_MS));
  }
  const responseHash = delivery.seal();
  if (!meter.started) return { outcome: null, end };

  const { report } = meter.mark();
  const stale = report !== null && meter.text.hasTextAfter(report.atItem);
  const concluded = await concludeUsage({
    request: call.request,
    report: report?.usage ?? null,
    closing: report !== null && (report.closing || (meter.complete && !stale)),
    stale,
    text: meter.text,
  });
  if (abort.reason === "deadline") meter.flags.add("deadline_exceeded");
  const outcome: CallOutcome = {
    concluded,
    delivered: await deliveredTokens(meter, delivery.mark, concluded.produced),
    finishReason: left ? "disconnect" : broken !== null ? "upstream_error" : meter.finishReason,
    responseHash,
    flags: [...meter.flags],
  };
  return { outcome, end };
}

/** An event that only lacks its blank line is taken; a half one is not, because nobody could read it. */
function lastEvent(parser: SseParser): SseEvent[] {
  const event = parser.end();
  if (event?.data === null || event?.data === undefined) return [];
  try {
    if (event.data.trim() !== "[DONE]") JSON.parse(event.data);
  } catch {
    return [];
  }
  return [{ data: event.data, raw: Buffer.concat([event.raw, Buffer.from("\n\n")]) }];
}

function brokenBy(meter: StreamMeter, abort: CallAbort, failure: unknown): JoulemintError {
  if (abort.reason === "closing") return new JoulemintError("UPSTREAM_UNAVAILABLE", { reason: "the gateway stops" });
  if (isJoulemintError(failure)) return failure;
  const reason =
    abort.reason === "deadline"
      ? "the call took too long"
      : failure instanceof SseEventTooLarge
        ? failure.message
        : (meter.error ?? "its stream ended early");
  return new JoulemintError("UPSTREAM_ERROR", { reason }, { cause: failure });
}

/** How much of what was produced had left when the call ended, by the same measure as `produced` if there is one. */
async function deliveredTokens(meter: StreamMeter, { items, report }: StreamMark, produced: bigint): Promise<bigint> {
  if (!meter.text.hasTextAfter(items)) return produced;
  const reported = report !== null && report.atItem === items ? report.usage.completion : null;
  const { output, reasoning } = reported ?? (await meter.text.count(items));
  const delivered = output + reasoning;
  return delivered < produced ? delivered : produced;
}
