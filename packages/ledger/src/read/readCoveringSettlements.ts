import { sql } from "kysely";
import type { Reader } from "./Reader.ts";

/** A place in a session's cumulative charge, in millicredits. */
export interface CumulativeKey {
  readonly session: string;
  readonly cumulative: bigint;
}

export interface CoveringSettlement extends CumulativeKey {
  readonly blockNumber: bigint;
  readonly logIndex: number;
}

/**
 * For each place, the settlement whose voucher was the first to reach it. Rows that consumed nothing cover nothing;
 * a place that no voucher has reached yet is left out.
 */
export async function readCoveringSettlements(
  reader: Reader,
  keys: readonly CumulativeKey[],
): Promise<CoveringSettlement[]> {
  const wanted = sql.join(keys.map(({ session, cumulative }) => sql`(${session}::text, ${cumulative}::int8)`));
  const { rows } = await sql<CoveringSettlement>`
    select wanted.session, wanted.cumulative, covering.block_number as "blockNumber", covering.log_index as "logIndex"
    from (values ${wanted}) as wanted (session, cumulative)
    join lateral (
      select block_number, log_index from settlement_row
      where settlement_row.session = wanted.session and used >= wanted.cumulative and reason in ('ok', 'clamped')
      order by used, block_number, log_index limit 1
    ) as covering on true`.execute(reader);
  return rows;
}
