import { type ChainEvent, decodeChainEvent } from "@joulemint/protocol/chainEvents";
import type { TransactionReceipt } from "viem";

/** The arguments of the first event of a name in a mined transaction; `null` when it has none. */
export function receiptEvent<Name extends ChainEvent["name"]>(
  { logs }: TransactionReceipt,
  name: Name,
): EventArguments[Name] | null {
  for (const log of logs) {
    const event = decodeChainEvent(log);
    if (event?.name === name) return event.args as EventArguments[Name];
  }
  return null;
}

type EventArguments = { [Event in ChainEvent as Event["name"]]: Event["args"] };
