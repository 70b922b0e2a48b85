import type { ChainEvent } from "@joulemint/protocol/chainEvents";
import type { Address, EncodeFunctionDataParameters } from "viem";
import type { Party } from "../world/Party.ts";

/**
 * A transaction, and what it does to the books. Both questions are asked again when a reorg drops it and it is mined anew,
 * maybe after others: so they look at the books as they are then.
 */
export interface Act {
  readonly sender: Party;
  readonly to: Address;
  readonly call: EncodeFunctionDataParameters;
  /** The name of the contract's error in a block of that time (Unix seconds); `null` when it has to go through. */
  refusal(now: bigint): string | null;
  /** Writes it into the books. Fails when the events are not the foretold ones. */
  book(events: readonly ChainEvent[]): void;
}
