import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { sharesAbi } from "@joulemint/protocol/generated/shares";
import { BaseError, decodeErrorResult, type Hex } from "viem";

/** Why the chain refused a transaction: the contract's own error with its arguments where it gave one. */
export function refusal(error: unknown): string {
  const data = revertData(error);
  if (data !== null) {
    try {
      const { errorName, args } = decodeErrorResult({ abi: [...creditsAbi, ...sharesAbi], data });
      return `${errorName}(${(args ?? []).join(", ")})`;
    } catch {
      // An error of a contract we do not know: the node's words have to do.
    }
  }
  if (!(error instanceof BaseError)) return String(error);
  return error.details || error.shortMessage;
}

/** The bytes that the contract reverted with; nodes hide them at different depths of the error. */
function revertData(error: unknown): Hex | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { data } = cause as { data?: unknown };
    if (typeof data === "string" && data.startsWith("0x") && data.length >= 10) return data as Hex;
  }
  return null;
}
