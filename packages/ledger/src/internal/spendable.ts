import { type RawBuilder, sql } from "kysely";

/**
 * What a meter may still hold: the session's cap, less the larger of charged and settled, less open holds. It floors at
 * 0 because the chain may take back a top-up that was already used. Expects the session as `s`, maybe missing.
 */
export function spendable(charged: RawBuilder<unknown>, held: RawBuilder<unknown>): RawBuilder<bigint> {
  return sql`greatest(0, coalesce(s.cap, 0) - greatest(${charged}, coalesce(s.used, 0)) - ${held})`;
}
