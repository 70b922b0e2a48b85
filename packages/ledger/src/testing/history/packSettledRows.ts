import { SETTLED_REASONS, type SettledReason } from "@joulemint/protocol/settledRows";
import type { Hex } from "../../internal/Hex.ts";

export interface TestRow {
  readonly session: Hex;
  readonly used: bigint;
  readonly head: Hex;
  readonly reason: SettledReason;
}

/** Rows as `Credits.settle` packs them into its event. */
export function packSettledRows(rows: readonly TestRow[]): Hex {
  const packed = rows.map(({ session, used, head, reason }) => {
    const number = SETTLED_REASONS.indexOf(reason).toString(16).padStart(2, "0");
    return session.slice(2) + used.toString(16).padStart(12, "0") + head.slice(2) + number;
  });
  return `0x${packed.join("")}`;
}
