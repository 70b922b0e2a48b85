import type { ChainEvent } from "@joulemint/protocol/chainEvents";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { decodeSettledRows, type SettledRow } from "@joulemint/protocol/settledRows";
import { type ChainState, existing, type Position } from "../ChainState.ts";

type Settled = Extract<ChainEvent, { name: "Settled" }>;

/** A batch of vouchers. A row that was skipped is kept, too: it tells its submitter why nothing came of it. */
export function foldSettled(state: ChainState, { args }: Settled, at: Position): void {
  const { offering, submitter, receiptsRoot, consumed } = args;
  let total = 0n;
  for (const [position, row] of decodeSettledRows(args.rows).entries()) {
    const rowConsumed = settleRow(state, row);
    total += rowConsumed;
    const { session, used, receiptsHead: receipts_head, reason } = row;
    const { block_number, log_index } = at;
    const outcome = { session, used, consumed: rowConsumed, receipts_head, reason };
    state.settlementRows.push({ block_number, log_index, position, ...outcome });
  }
  if (total !== consumed) {
    throw new JoulemintError("INTERNAL", { reason: "settled rows do not add up", offering, total, consumed });
  }
  const counters = existing(state.offerings, offering, "offering");
  counters.outstanding -= consumed;
  counters.consumed += consumed;
  state.settlements.push({ ...at, offering, submitter, receipts_root: receiptsRoot, consumed });
}

/** What a row consumed is not in the event: it is the session's use after the row less its use before. */
function settleRow(state: ChainState, { session: id, used, reason }: SettledRow): bigint {
  if (reason !== "ok" && reason !== "clamped") return 0n;
  const session = existing(state.sessions, id, "session");
  const consumed = used - session.used;
  session.used = used;
  return consumed;
}
