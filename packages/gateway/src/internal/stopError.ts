import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { StopReason } from "./CallAbort.ts";

/** What to tell a caller whose call was stopped. */
export function stopError(reason: StopReason): JoulemintError {
  if (reason === "draining") return new JoulemintError("GATEWAY_DRAINING", { reason: "the call did not end in time" });
  if (reason === "fenced") return new JoulemintError("GATEWAY_FENCED", { reason: "the call's hold was given back" });
  // Nobody hears what a caller who left is told.
  return new JoulemintError("UPSTREAM_ERROR", { reason: "the call took too long" });
}
