import type { Holds } from "@joulemint/ledger/holds";
import type { Extend } from "./GrantKeeper.ts";
import { whileUnavailable } from "./whileUnavailable.ts";

const RETRY_AFTER_MS = [50, 250, 1_000];

/**
 * Enlarges the hold of a call, and asks again if the database fails for a moment. A commit whose answer was lost leaves
 * the hold larger than is known here: what is not charged goes back with the rest.
 */
export function extendHold(holds: Holds, id: string): Extend {
  return (piece) => whileUnavailable(RETRY_AFTER_MS, () => holds.extend({ id, ...piece }));
}
