import { sql } from "kysely";
import type { Reader } from "./Reader.ts";
import type { SessionRecord } from "./SessionRecord.ts";

/**
 * Sessions with their meters, as rows of `SessionRecord`: those of the chain, and those that only a meter knows. The
 * columns to filter and order by are those of `slot`.
 */
export function selectSessions(reader: Reader) {
  const known = reader
    .selectFrom("session")
    .select(["id", "offering", "cap", "used"])
    .select([
      sql<string | null>`owner`.as("owner"),
      sql<string | null>`signer`.as("signer"),
      sql<string | null>`salt`.as("salt"),
      sql<SessionRecord["state"]>`state`.as("state"),
      "closable_at as closableAt",
      sql<bigint | null>`opened_block`.as("openedBlock"),
      "opened_block as opened",
    ]);
  const none = sql<null>`NULL::text`;
  const suspended = reader
    .selectFrom("meter")
    .select(["session as id", "offering", sql<bigint>`0::int8`.as("cap"), sql<bigint>`0::int8`.as("used")])
    .select([
      none.as("owner"),
      none.as("signer"),
      none.as("salt"),
      sql<SessionRecord["state"]>`'suspended'`.as("state"),
      sql<null>`NULL::int8`.as("closableAt"),
      sql<null>`NULL::int8`.as("openedBlock"),
      sql<bigint>`0::int8`.as("opened"),
    ])
    .where("state", "=", "suspended");
  return reader
    .selectFrom(known.unionAll(suspended).as("slot"))
    .leftJoin("meter", "meter.session", "slot.id")
    .select([
      "slot.id",
      "slot.offering",
      "slot.owner",
      "slot.signer",
      "slot.salt",
      "slot.cap",
      "slot.used",
      "slot.state",
      "slot.closableAt",
      "slot.openedBlock",
      "meter.available",
      "meter.held",
      "meter.charged",
      "meter.consumer_signed as consumerSigned",
      "meter.sequence",
      "meter.receipts_head as receiptsHead",
      "meter.voucher_cumulative as voucherCumulative",
      "meter.voucher_head as voucherHead",
      "meter.voucher_signature as voucherSignature",
    ]);
}
