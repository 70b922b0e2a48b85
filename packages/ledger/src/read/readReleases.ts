import { sql } from "kysely";
import type { ChainPosition } from "./ChainPosition.ts";
import type { Reader } from "./Reader.ts";

/** Revenue that left escrow, and its split, in base units of the offering's payment token. */
export interface ReleaseRecord extends ChainPosition {
  readonly offering: string;
  readonly amount: bigint;
  readonly holders: bigint;
  readonly treasury: bigint;
  readonly operator: bigint;
}

export interface SettlementKey {
  readonly offering: string;
  readonly blockNumber: bigint;
  readonly logIndex: number;
}

/**
 * For each settlement, the release that paid out what it consumed: the first one of its offering from there on (a
 * release takes all that was consumed before it). The settler does both in one transaction, but anybody may do them
 * apart. A settlement that was not released yet is left out.
 */
export async function readReleases(
  reader: Reader,
  settlements: readonly SettlementKey[],
): Promise<{ settlement: SettlementKey; release: ReleaseRecord }[]> {
  const wanted = sql.join(
    settlements.map((at) => sql`(${at.offering}::text, ${at.blockNumber}::int8, ${at.logIndex}::int4)`),
  );
  const { rows } = await sql<ReleaseRecord & { settledBlock: bigint; settledIndex: number }>`
    select wanted.block_number as "settledBlock", wanted.log_index as "settledIndex",
      paid.block_number as "blockNumber", paid.log_index as "logIndex", paid.tx_hash as "txHash",
      wanted.offering, paid.amount, paid.holders, paid.treasury, paid.operator
    from (values ${wanted}) as wanted (offering, block_number, log_index)
    join lateral (
      select * from release
      where release.offering = wanted.offering
        and (release.block_number, release.log_index) > (wanted.block_number, wanted.log_index)
      order by release.block_number, release.log_index limit 1
    ) as paid on true`.execute(reader);
  return rows.map(({ settledBlock, settledIndex, ...release }) => ({
    settlement: { offering: release.offering, blockNumber: settledBlock, logIndex: settledIndex },
    release,
  }));
}
