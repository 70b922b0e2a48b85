import type { ChainEvent } from "@joulemint/protocol/chainEvents";
import type { Hex } from "../../internal/Hex.ts";
import type { Ledger } from "../../Ledger.ts";
import { CREDITS } from "../testHex.ts";

export const ZERO_ADDRESS: Hex = `0x${"0".repeat(40)}`;

/** What the parts of a test history share. They say what the contracts would; the indexer's own code writes it. */
export interface HistoryContext {
  readonly ledger: Ledger;
  readonly offering: Hex;
  readonly model: Hex;
  readonly price: bigint;
}

/** Credits of the context's offering in a wallet change hands; zero on one side issues them or takes them out. */
export function moved({ offering }: HistoryContext, from: Hex, to: Hex, credits: bigint): ChainEvent {
  return { name: "TransferSingle", address: CREDITS, args: { operator: from, from, to, offering, credits } };
}
