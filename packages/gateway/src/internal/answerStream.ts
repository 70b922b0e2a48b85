import type { ServerResponse } from "node:http";
import { allOutput } from "@joulemint/economics/TokenUsage";
import type { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { GatewayLimits } from "../GatewayLimits.ts";
import { balanceEnd } from "./balanceEnd.ts";
import type { Call } from "./Call.ts";
import type { CallAbort } from "./CallAbort.ts";
import type { CallOutcome } from "./CallOutcome.ts";
import { concludeUsage } from "./concludeUsage.ts";
import type { UpstreamAnswer } from "./createUpstream.ts";
import { Delivery } from "./Delivery.ts";
import { errorBody } from "./errorBody.ts";
import { type Extend, GrantKeeper } from "./GrantKeeper.ts";
import { OutputGrant } from "./OutputGrant.ts";
import { type StreamMark, StreamMeter } from "./StreamMeter.ts";
import { StreamPassage } from "./StreamPassage.ts";
import { saltedHash } from "./salt.ts";
import { streamFailure } from "./streamFailure.ts";

/** What a last event may take to leave. */
const LAST_WORD_MS = 1_000;

export interface StreamAnswer {
  /** `null` when the upstream produced nothing: nothing is charged. */
  readonly outcome: CallOutcome | null;
  /** Ends the response; called when the charge is written, so that whoever saw the end can ask for the receipt. */
  end(): void;
}

/**
 * Passes a streamed answer on to the caller while metering it, and keeps its hold ahead of it. A caller who leaves stops
 * the upstream and pays for what was produced until then; an upstream that dies is answered with a last error event, and
 * what it produced is paid; a balance that ends, ends the answer as its limit would. Throws only while nothing was sent
 * yet, so that an error can still be answered.
 */
export async function answerStream(
  call: Call,
  body: UpstreamAnswer,
  to: {
    readonly response: ServerResponse;
    readonly headers: Readonly<Record<string, string>>;
    readonly abort: CallAbort;
    readonly limits: GatewayLimits;
    readonly extend: Extend;
  },
): Promise<StreamAnswer> {
  const { abort, limits } = to;
  const { request } = call;
  const meter = new StreamMeter(request);
  const headers = { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache", ...to.headers };
  const delivery = new Delivery(to.response, headers, saltedHash(call.salt), meter.mark());
  const grant = new OutputGrant({ ...call, rateCard: call.served.rateCard, leastPiece: limits.leastPiece }, call.held);
  const parts = { id: call.id, meter, delivery, grant, stopped: abort.signal, eventBytes: limits.eventBytes };
  const passage = new StreamPassage({ ...parts, keeper: new GrantKeeper(grant, to.extend) });
  const ended = await passage.run(body);
  const atBalance = ended.at === "balance" && abort.reason === null;
  const failure = streamFailure(ended, meter, abort);
  if (!meter.started && !delivery.started && failure !== null) throw failure;

  const { report } = meter.mark();
  const stale = report !== null && meter.text.hasTextAfter(report.atItem);
  const concluded = await concludeUsage({
    request,
    report: report?.usage ?? null,
    closing: report !== null && (report.closing || (meter.complete && !stale)),
    stale,
    text: meter.text,
  });
  const { heading, unfinished } = meter;
  const lastWord = atBalance
    ? balanceEnd({ heading, unfinished, usage: concluded.usage, includeUsage: request.includeUsage })
    : failure !== null
      ? Buffer.from(`data: ${JSON.stringify(errorBody(failure))}\n\n`)
      : null;
  if (lastWord !== null) await delivery.write(lastWord, meter.mark(), AbortSignal.timeout(LAST_WORD_MS));
  const responseHash = delivery.seal();
  const end = () => delivery.end();
  if (!meter.started) return { outcome: null, end };

  if (abort.reason === "deadline") meter.flags.add("deadline_exceeded");
  if (atBalance) meter.flags.add("stopped_at_balance");
  const outcome: CallOutcome = {
    concluded,
    delivered: await deliveredTokens(meter, delivery.mark, concluded.produced),
    finishReason: atBalance ? "balance" : finishReason(meter, abort, failure),
    responseHash,
    // What a last event of many tokens has beyond the hold was not the caller's to stop.
    chargeLimit: atBalance ? grant.amount : null,
    flags: [...meter.flags],
  };
  return { outcome, end };
}

function finishReason(meter: StreamMeter, abort: CallAbort, failure: JoulemintError | null): string {
  if (abort.reason === "disconnect") return "disconnect";
  if (failure === null) return meter.finishReason;
  return failure.code === "UPSTREAM_ERROR" ? "upstream_error" : "gateway_stopped";
}

/** How much of what was produced had left when the call ended, by the same measure as `produced` if there is one. */
async function deliveredTokens(meter: StreamMeter, { items, report }: StreamMark, produced: bigint): Promise<bigint> {
  if (!meter.text.hasTextAfter(items)) return produced;
  const reported = report !== null && report.atItem === items ? report.usage.completion : null;
  const delivered = allOutput(reported ?? (await meter.text.count(items)));
  return delivered < produced ? delivered : produced;
}
