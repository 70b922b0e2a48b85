import { isJoulemintError, JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { GatewayLimits } from "../GatewayLimits.ts";
import type { Call } from "./Call.ts";
import type { CallAbort } from "./CallAbort.ts";
import type { CallOutcome } from "./CallOutcome.ts";
import { concludeUsage } from "./concludeUsage.ts";
import type { UpstreamAnswer } from "./createUpstream.ts";
import { readDeltas } from "./Delta.ts";
import { errorMessage } from "./errorMessage.ts";
import { ProducedText } from "./ProducedText.ts";
import { isRecord, parseJsonObject } from "./parseJsonObject.ts";
import { readAll } from "./readAll.ts";
import { readUsage } from "./readUsage.ts";
import { hexDigest, saltedHash } from "./salt.ts";

export interface JsonAnswer {
  readonly outcome: CallOutcome;
  /** The upstream's own bytes. */
  readonly bytes: Buffer;
}

/**
 * Reads an answer that is not streamed, and what it used. It is read to its end even when the caller left: without its
 * end nobody knows what it used, and leaving must not make it free. Throws UPSTREAM_ERROR for half an answer: the caller
 * gets nothing of it, so it is not charged.
 */
export async function answerJson(
  call: Call,
  body: UpstreamAnswer,
  { abort, limits }: { abort: CallAbort; limits: GatewayLimits },
): Promise<JsonAnswer> {
  let bytes: Buffer;
  try {
    bytes = await readAll(body, limits.responseBytes);
  } catch (error) {
    if (abort.reason !== null) throw abort.signal.reason;
    if (isJoulemintError(error)) throw error;
    throw new JoulemintError("UPSTREAM_ERROR", { reason: "its answer ended early" }, { cause: error });
  }
  const answer = parseAnswer(bytes);
  const text = new ProducedText();
  text.append(readDeltas(answer));
  const usage = answer.usage ?? null;
  const concluded = await concludeUsage({
    request: call.request,
    report: usage === null ? null : readUsage(usage),
    closing: true,
    stale: false,
    text,
  });
  const { left } = abort;
  const finishReason = finishReasonOf(answer);
  const stopped = call.limitLowered && finishReason.split(",").includes("length");
  return {
    bytes,
    outcome: {
      concluded,
      delivered: left ? 0n : concluded.produced,
      finishReason: left ? "disconnect" : finishReason,
      responseHash: hexDigest(left ? saltedHash(call.salt) : saltedHash(call.salt).update(bytes)),
      chargeLimit: null,
      flags: stopped ? ["stopped_at_balance"] : [],
    },
  };
}

function parseAnswer(bytes: Buffer): Record<string, unknown> {
  let answer: Record<string, unknown>;
  try {
    answer = parseJsonObject(bytes);
  } catch (error) {
    throw new JoulemintError("UPSTREAM_ERROR", { reason: "its answer is not a JSON object" }, { cause: error });
  }
  if (answer.error !== undefined && answer.error !== null) {
    throw new JoulemintError("UPSTREAM_ERROR", { reason: errorMessage(answer) });
  }
  return answer;
}

function finishReasonOf(answer: Readonly<Record<string, unknown>>): string {
  const choices = Array.isArray(answer.choices) ? answer.choices : [];
  const reasons = choices.map((choice) => (isRecord(choice) ? choice.finish_reason : null));
  return [...new Set(reasons.filter((reason) => typeof reason === "string"))].sort().join(",") || "unknown";
}
