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
  /** Millicredits of the hold as it was placed. */
  readonly held: bigint;
  /** The gateway's run under which the hold was placed. */
  readonly fence: bigint;
  /** The most tokens that the prompt and all answers can have. */
  readonly inputBound: bigint;
  readonly outputBound: bigint;
  /** Tokens of one answer that the upstream is asked for, and whether the balance lowered them. */
  readonly outputLimit: bigint;
  readonly limitLowered: boolean;
  readonly salt: Buffer;
  readonly requestHash: Hex;
  /** Unix milliseconds. */
  readonly startedAt: bigint;
}
