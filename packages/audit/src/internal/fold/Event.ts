import type { ChainEvent } from "@joulemint/protocol/chainEvents";

export type Event<Name extends ChainEvent["name"]> = Extract<ChainEvent, { name: Name }>;
