import type { OfferingInService } from "@joulemint/ledger/servedOfferings";
import type { Hex } from "viem";
import type { ChatRequest } from "./ChatRequest.ts";

/** One admitted call: its hold is placed, and nothing was sent upstream before that. */
export interface Call {
  /** UUIDv7 of its hold, usage event and receipt. */
  readonly id: string;
  readonly session: Hex;
  readonly served: OfferingInService;
  readonly request: ChatRequest;
  /** What the hold was placed for. */
  readonly inputBound: bigint;
  readonly outputBound: bigint;
  readonly salt: Buffer;
  readonly requestHash: Hex;
  /** Unix milliseconds. */
  readonly startedAt: bigint;
}
