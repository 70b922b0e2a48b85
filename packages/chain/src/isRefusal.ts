import { isJoulemintError } from "@joulemint/protocol/JoulemintError";
import { ExecutionRevertedError } from "viem";

/** Whether the contract itself refused, or would not know the offering, as opposed to a node that could not be asked. */
export function isRefusal(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ExecutionRevertedError || isJoulemintError(cause, "MODEL_NOT_FOUND")) return true;
  }
  return false;
}
