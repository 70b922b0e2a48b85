import { isJoulemintError, JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { CallAbort } from "./CallAbort.ts";
import { SseEventTooLarge } from "./SseParser.ts";
import type { StreamMeter } from "./StreamMeter.ts";
import type { PassageEnd } from "./StreamPassage.ts";
import { stopError } from "./stopError.ts";

/** Why a stream is not whole, for the caller who still listens; `null` when it is, or ended as it was meant to. */
export function streamFailure(end: PassageEnd, meter: StreamMeter, abort: CallAbort): JoulemintError | null {
  const { reason } = abort;
  if (reason === "disconnect") return null;
  if (reason !== null) return stopError(reason);
  if (end.at === "balance") return null;
  if (end.at === "failure" && isJoulemintError(end.error)) return end.error;
  if (meter.complete) return null;
  const cause = end.at === "failure" ? end.error : undefined;
  const said = cause instanceof SseEventTooLarge ? cause.message : (meter.error ?? "its stream ended early");
  return new JoulemintError("UPSTREAM_ERROR", { reason: said }, { cause });
}
