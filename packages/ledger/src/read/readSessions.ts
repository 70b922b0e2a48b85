import type { Reader } from "./Reader.ts";
import type { SessionRecord } from "./SessionRecord.ts";
import { selectSessions } from "./selectSessions.ts";

/** The sessions with these ids, in any order; unknown ones are left out. */
export function readSessions(reader: Reader, ids: readonly string[]): Promise<SessionRecord[]> {
  return selectSessions(reader).where("slot.id", "in", ids).execute();
}
