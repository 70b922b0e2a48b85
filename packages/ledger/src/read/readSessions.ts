import type { Reader } from "./Reader.ts";
import { type SessionRecord, sessionColumns } from "./SessionRecord.ts";

/** The sessions with these ids, in any order; unknown ones are left out. */
export function readSessions(reader: Reader, ids: readonly string[]): Promise<SessionRecord[]> {
  return reader
    .selectFrom("session")
    .leftJoin("meter", "meter.session", "session.id")
    .select(sessionColumns)
    .where("session.id", "in", ids)
    .execute();
}
