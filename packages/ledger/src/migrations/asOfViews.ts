/** The block of `SET LOCAL joulemint.as_of`. */
const BLOCK = "current_setting('joulemint.as_of')::int8";

/** A table whose rows are replaced: as they were before the first block after that one changed them. */
const replaced = (table: string, key: string, where = "true") => `
  CREATE VIEW as_of.${table} AS SELECT * FROM (
    SELECT t.* FROM public.${table} t WHERE NOT EXISTS (
      SELECT FROM public.chain_undo u WHERE u.entry = '${table}' AND u.key = ${key} AND u.block_number > ${BLOCK})
    UNION ALL
    SELECT (jsonb_populate_record(NULL::public.${table}, u.before)).* FROM (
      SELECT DISTINCT ON (key) before FROM public.chain_undo
      WHERE entry = '${table}' AND block_number > ${BLOCK} ORDER BY key, block_number) u
    WHERE u.before IS NOT NULL) t
  WHERE ${where}`;

/** A table whose rows are only ever added. */
const added = (table: string, block = "block_number") =>
  `CREATE VIEW as_of.${table} AS SELECT * FROM public.${table} WHERE ${block} <= ${BLOCK}`;

/**
 * The ledger as of an earlier block: views of the same names as the tables that follow the chain, for a transaction that
 * puts `as_of` before `public` in its search path. Every query then tells of that block, and nothing is locked or copied.
 */
export const asOfViews: readonly string[] = [
  "CREATE SCHEMA as_of",
  added("chain_block", "number"),
  added("chain_event"),
  added("purchase"),
  added("redemption"),
  added("settlement"),
  added("settlement_row"),
  added("release"),
  added("claim"),
  // A model comes with its history, which is older than the offering that first names it.
  replaced("model", "t.address", `t.registered_block <= ${BLOCK}`),
  replaced(
    "share_holder",
    "t.model || ' ' || t.holder",
    "EXISTS (SELECT FROM as_of.model m WHERE m.address = t.model)",
  ),
  replaced("offering", "t.id"),
  replaced("credit_balance", "t.offering || ' ' || t.owner"),
  replaced("session", "t.id"),
  `CREATE VIEW as_of.meter AS
    SELECT m.session, m.offering, m.consumer_signed, coalesce(s.state, 'suspended') AS state,
      (CASE WHEN s.state = 'closed' THEN 0
        ELSE greatest(0, coalesce(s.cap, 0) - greatest(m.charged, coalesce(s.used, 0)) - m.held) END)::int8 AS available,
      m.held, m.placed, m.holds, m.charged, m.sequence, m.receipts_head,
      m.voucher_cumulative, m.voucher_head, m.voucher_signature
    FROM public.meter m LEFT JOIN as_of.session s ON s.id = m.session`,
];
