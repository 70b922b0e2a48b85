import { decodeSettledRows, type SettledRow } from "@joulemint/protocol/settledRows";
import type { ChainLog } from "../chain/readLogs.ts";
import { type Books, check, known, note, positionOf } from "./Books.ts";
import type { Event } from "./Event.ts";

/** A batch of vouchers. A row that did nothing is kept, too: it has its reason. */
export function foldSettled(books: Books, log: ChainLog, { args }: Event<"Settled">): void {
  const { offering: id, submitter, receiptsRoot, consumed } = args;
  const offering = known(books, log, ["offering", books.offerings], id);
  if (offering === undefined) return;
  let total = 0n;
  for (const [position, row] of decodeSettledRows(args.rows).entries()) {
    const used = settleRow(books, log, row);
    total += used;
    books.settlements.push({
      ...positionOf(log),
      offering: id,
      submitter,
      receiptsRoot,
      position,
      ...row,
      consumed: used,
    });
  }
  check(books, log, "consumed", total, consumed);
  offering.consumed += consumed;
}

/** What a row consumed is not in the event: it is the session's use after the row less its use before. */
function settleRow(books: Books, log: ChainLog, { session: id, used, reason }: SettledRow): bigint {
  if (reason !== "ok" && reason !== "clamped") return 0n;
  const session = known(books, log, ["session", books.sessions], id);
  if (session === undefined) return 0n;
  const consumed = used - session.used;
  // A voucher above the cap of a session that is used up is clamped to what is settled already.
  const due = reason === "clamped" ? used === session.cap : consumed > 0n && used <= session.cap;
  if (!due) {
    note(
      books,
      log,
      "used",
      reason === "clamped" ? `${session.cap}` : `above ${session.used}, up to ${session.cap}`,
      used,
    );
  }
  session.used = used;
  return consumed;
}
