import { setTimeout as sleep } from "node:timers/promises";
import type { World } from "../world/startWorld.ts";

export interface CallEnd {
  readonly charge: bigint;
  readonly finishReason: string;
  readonly flags: readonly string[];
}

const PATIENCE_MS = 10_000;

/** How a call ended, as soon as its charge is written: its receipt is signed later. */
export async function callEnd({ ledger }: World, id: string): Promise<CallEnd> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const event = await ledger.db
      .selectFrom("usage_event")
      .select(["charge", "finish_reason", "flags"])
      .where("id", "=", id)
      .executeTakeFirst();
    if (event !== undefined) return { charge: event.charge, finishReason: event.finish_reason, flags: event.flags };
    await sleep(2);
  }
  throw new Error(`call ${id} was not charged`);
}
