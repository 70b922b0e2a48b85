import type { ChainEvent } from "@joulemint/protocol/chainEvents";
import { type ChainState, existing, type Position } from "../ChainState.ts";

type Of<Name extends ChainEvent["name"]> = Extract<ChainEvent, { name: Name }>;

/** Revenue left escrow for the split. The holders' part shows up at the model by an event of its own. */
export function foldReleased(state: ChainState, { args }: Of<"Released">, at: Position): void {
  const { offering, amount, holders, treasury, operator } = args;
  existing(state.offerings, offering, "offering").released += amount;
  state.releases.push({ ...at, offering, amount, holders, treasury, operator });
}

/** The operator's or the treasury's account was paid. */
export function foldSplitClaimed(state: ChainState, { args }: Of<"SplitClaimed">, at: Position): void {
  const { offering, role, account, amount } = args;
  const counters = existing(state.offerings, offering, "offering");
  counters[role === "operator" ? "operator_claimed" : "treasury_claimed"] += amount;
  state.claims.push({ ...at, role, model: counters.model, offering, account, recipient: account, amount });
}
