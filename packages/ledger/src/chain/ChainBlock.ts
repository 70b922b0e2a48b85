import type { ChainEvent } from "@joulemint/protocol/chainEvents";
import type { Hex } from "../internal/Hex.ts";

/** An event where the chain has it. */
export interface LoggedEvent {
  readonly logIndex: number;
  readonly transactionHash: Hex;
  readonly event: ChainEvent;
}

/** A block with those of its events that the ledger accounts for, in the order of their logs. */
export interface ChainBlock {
  readonly number: bigint;
  readonly hash: Hex;
  readonly parentHash: Hex;
  /** Unix seconds. */
  readonly timestamp: bigint;
  readonly events: readonly LoggedEvent[];
}

/** A model that an offering names for the first time, as its `Shares` and payment token describe themselves. */
export interface NewModel {
  readonly address: string;
  readonly name: string;
  readonly symbol: string;
  readonly owner: string;
  /** Share units, minted once and for ever. */
  readonly supply: bigint;
  readonly paymentToken: { readonly address: string; readonly symbol: string; readonly decimals: number };
  /** The model's own events since its deployment, in blocks before the batch. */
  readonly history: readonly ChainBlock[];
}

/**
 * What the ledger applies at once: blocks in ascending order, and the models that they are the first to name. The first
 * block follows the ledger's head, or the ledger has it; between the others, blocks without events may be left out.
 */
export interface ChainBatch {
  readonly blocks: readonly ChainBlock[];
  readonly models: readonly NewModel[];
}
