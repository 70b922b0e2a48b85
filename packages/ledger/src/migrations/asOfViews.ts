/** The block of `SET LOCAL joulemint.as_of`. */
const BLOCK = "current_setting('joulemint.as_of')::int8";

/**
 * A table whose rows are replaced: as they were before the first block after that one changed them. Key columns come from
 * the key of the image, so that looking one row up reads no other image.
 */
function replaced(table: string, keys: readonly string[], others: string, where = "true"): string {
  const key = keys.map((column) => `t.${column}`).join(" || ' ' || ");
  const parts = keys.length === 1 ? ["u.key"] : keys.map((_, index) => `split_part(u.key, ' ', ${index + 1})`);
  const columns = others.split(/\s+/);
  return `
    CREATE VIEW as_of.${table} AS SELECT * FROM (
      SELECT ${[...keys, ...columns].map((column) => `t.${column}`)}
      FROM public.${table} t WHERE NOT EXISTS (
        SELECT FROM public.chain_undo u WHERE u.entry = '${table}' AND u.key = ${key} AND u.block_number > ${BLOCK})
      UNION ALL
      SELECT ${[...parts, ...columns.map((column) => `r.${column}`)]} FROM (
        SELECT DISTINCT ON (key) key, before FROM public.chain_undo
        WHERE entry = '${table}' AND block_number > ${BLOCK} ORDER BY key, block_number) u
        CROSS JOIN LATERAL jsonb_populate_record(NULL::public.${table}, u.before) r
      WHERE u.before IS NOT NULL) t
    WHERE ${where}`;
}

/** A table whose rows are only ever added. */
const added = (table: string, where = "true") =>
  `CREATE VIEW as_of.${table} AS SELECT * FROM public.${table} t WHERE block_number <= ${BLOCK} AND ${where}`;

/** A model comes with a history that is older than the offering that first names it; before that, none of it is there. */
const known = (model: string) => `NOT EXISTS (
  SELECT FROM public.model m WHERE m.address = ${model} AND m.registered_block > ${BLOCK})`;

/**
 * The ledger as of an earlier block: views of the same names as the tables that follow the chain, for a transaction that
 * puts `as_of` before `public` in its search path. Every query then tells of that block, and nothing is locked or copied.
 */
export const asOfViews: readonly string[] = [
  "CREATE SCHEMA as_of",
  // What is safe or final may be a block without events, of which the ledger keeps no row. A block that holds history of
  // a later model was sealed with it.
  `CREATE VIEW as_of.chain_block AS
    SELECT b.number, b.hash, b.parent_hash, b.timestamp, CASE WHEN EXISTS (
        SELECT FROM public.chain_event e WHERE e.block_number = b.number AND NOT ${known("e.address")})
      THEN NULL ELSE b.events_digest END AS events_digest
    FROM public.chain_block b WHERE b.number <= ${BLOCK}
    UNION
    SELECT m.number, m.hash, NULL, m.timestamp, NULL FROM public.chain_mark m
    WHERE m.number = ${BLOCK} AND m.tag <> 'undo_floor'
      AND NOT EXISTS (SELECT FROM public.chain_block b WHERE b.number = m.number)`,
  added("chain_event", known("t.address")),
  added("purchase"),
  added("redemption"),
  added("consumption"),
  added("settlement"),
  added("settlement_row"),
  added("release"),
  added("claim", known("t.model")),
  `CREATE VIEW as_of.payment_token AS SELECT * FROM public.payment_token t WHERE EXISTS (
    SELECT FROM public.model m WHERE m.payment_token = t.address AND m.registered_block <= ${BLOCK})`,
  replaced(
    "model",
    ["address"],
    "name symbol owner payment_token supply registered_block lifetime_revenue claimed_revenue",
    `t.registered_block <= ${BLOCK}`,
  ),
  replaced("share_holder", ["model", "holder"], "balance correction claimed", known("t.model")),
  replaced(
    "offering",
    ["id"],
    `model kind terms_hash tier payment_token price_per_million rate_card_hash holders_bps treasury_bps treasury operator
      sell_until exit_delay expires_at transferable registered_block outstanding consumed released operator_claimed
      treasury_claimed`,
  ),
  replaced("credit_balance", ["offering", "owner"], "balance"),
  replaced("session", ["id"], "offering owner signer salt cap used state closable_at opened_block"),
  `CREATE VIEW as_of.meter AS
    SELECT m.session, m.offering, m.consumer_signed, coalesce(s.state, 'suspended') AS state,
      (CASE WHEN s.state = 'closed' THEN 0
        ELSE greatest(0, coalesce(s.cap, 0) - greatest(m.charged, coalesce(s.used, 0)) - m.held) END)::int8 AS available,
      m.held, m.placed, m.holds, m.charged, m.sequence, m.receipts_head,
      m.voucher_cumulative, m.voucher_head, m.voucher_signature, m.close_consent
    FROM public.meter m LEFT JOIN as_of.session s ON s.id = m.session`,
];
