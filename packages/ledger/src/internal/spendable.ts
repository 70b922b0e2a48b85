import { type RawBuilder, sql } from "kysely";

/**
 * What a meter may still hold: the session's cap, less the larger of charged and settled, less open holds; nothing once
 * the session is closed, because the rest was paid back. It floors at 0 because the chain may take back a top-up that
 * was already used. Expects the session as `s`, maybe missing.
 */
export function spendable(charged: RawBuilder<unknown>, held: RawBuilder<unknown>): RawBuilder<bigint> {
  return sql`CASE WHEN s.state = 'closed' THEN 0
    ELSE greatest(0, coalesce(s.cap, 0) - greatest(${charged}, coalesce(s.used, 0)) - ${held}) END`;
}
