import type { Hex } from "viem";
import type { ConcludedUsage } from "./concludeUsage.ts";

/** What became of a call that the upstream worked for. */
export interface CallOutcome {
  readonly concluded: ConcludedUsage;
  /** Output tokens, reasoning included, that the caller was sent. */
  readonly delivered: bigint;
  readonly finishReason: string;
  readonly responseHash: Hex;
  /** Millicredits that the charge must not exceed; `null` where the ledger alone says so. */
  readonly chargeLimit: bigint | null;
  readonly flags: readonly string[];
}
