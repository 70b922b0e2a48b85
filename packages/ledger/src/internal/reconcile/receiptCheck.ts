import { RECEIPT_TYPE_HASH } from "@joulemint/protocol/encodeReceipt";
import { receiptTypes } from "@joulemint/protocol/Receipt";
import { TIERS } from "@joulemint/protocol/Tier";
import { sql } from "kysely";
import { ZERO_HASH } from "../Hex.ts";
import type { Check } from "./Check.ts";

/** One 32-byte word of a receipt's encoding; the type hash is word 0. */
const word = (index: number, count = 1) => sql.raw(`substr(r.encoded, ${3 + 64 * index}, ${64 * count})`);
const hex = (columns: readonly string[]) =>
  sql.raw(columns.map((column) => `lpad(to_hex(${column}), 64, '0')`).join(" || "));
const unhex = (fields: readonly string[]) =>
  sql.raw(fields.map((field) => `substr(r.body->>'${field}', 3)`).join(" || "));
const milliseconds = (column: string) => `(extract(epoch FROM u.${column}) * 1000)::int8`;

const FIELDS = receiptTypes.Receipt.map(({ name }) => name);
/** The type hash, and a word for each field. */
const WORDS = 1 + FIELDS.length;
const TOKENS = ["input", "cached_input", "cache_write", "output", "reasoning", "produced", "delivered"];

/**
 * The receipts of a session form one chain, and each says in all of its three forms (columns, `body` and the encoding
 * that is signed) what its usage event says. That the encoding has the `hash` is for whoever verifies the receipt.
 */
export const receiptCheck: Check = sql`
  WITH chained AS (
    SELECT r.*, row_number() OVER chain AS due_sequence, coalesce(lag(hash) OVER chain, ${ZERO_HASH}) AS due_previous,
      sum(charge) OVER chain AS due_cumulative
    FROM receipt r WINDOW chain AS (PARTITION BY session ORDER BY sequence)),
  facts AS (
    SELECT coalesce(u.offering, m.offering) AS offering, coalesce(u.charge, 0) AS event_charge, coalesce(r.charge, 0) AS charge,
      r.due_cumulative, r.cumulative,
      ((r.sequence, r.previous, r.cumulative) IS NOT DISTINCT FROM (r.due_sequence, r.due_previous, r.due_cumulative)
        AND (u.session, u.offering) IS NOT DISTINCT FROM (r.session, m.offering)
        AND (h.session, h.state) IS NOT DISTINCT FROM (r.session, 'captured')) AS chained,
      (${word(0)} = ${RECEIPT_TYPE_HASH.slice(2)} AND length(r.encoded) = ${2 + 64 * WORDS} AND ${word(1)} = rpad(replace(r.id::text, '-', ''), 64, '0') AND ${word(2)} = lpad(substr(r.body->>'receiptKey', 3), 64, '0')
        AND ${word(3, 2)} = ${unhex(["session", "offering"])} AND ${word(5)} = ${hex(["r.sequence"])}
        AND ${word(6, 3)} = ${unhex(["previous", "requestHash", "responseHash"])}
        AND ${word(9)} = lpad((array_position(${TIERS}::text[], u.tier) - 1)::text, 64, '0')
        AND ${word(10, 7)} = ${hex(TOKENS.map((column) => `u.${column}`))}
        AND ${word(18)} = ${unhex(["rateCardHash"])} AND ${word(19, 2)} = ${hex(["r.charge", "r.cumulative"])}
        AND ${word(21)} = ${hex(["coalesce(u.energy_millijoules, 0)"])}
        AND ${word(25, 2)} = ${hex([milliseconds("started_at"), milliseconds("ended_at")])}) AS encoded,
      (r.body @> jsonb_build_object(
        'id', r.id, 'session', r.session, 'offering', u.offering, 'sequence', r.sequence::text, 'previous', r.previous,
        'tier', u.tier, 'input', u.input::text, 'cachedInput', u.cached_input::text, 'cacheWrite', u.cache_write::text,
        'output', u.output::text, 'reasoning', u.reasoning::text, 'produced', u.produced::text,
        'delivered', u.delivered::text, 'usageProvenance', u.usage_provenance, 'charge', u.charge::text,
        'cumulative', r.cumulative::text, 'energyMillijoules', u.energy_millijoules::text,
        'energyProvenance', u.energy_provenance, 'finishReason', u.finish_reason,
        'startedAt', ${sql.raw(milliseconds("started_at"))}::text, 'endedAt', ${sql.raw(milliseconds("ended_at"))}::text)
        AND r.body->'flags' = to_jsonb(u.flags) AND r.body - ${FIELDS}::text[] = '{}') AS shown
    FROM chained r FULL JOIN usage_event u ON u.id = r.id LEFT JOIN hold h ON h.id = coalesce(r.id, u.id)
      LEFT JOIN meter m ON m.session = coalesce(r.session, u.session))
  SELECT v.bucket, f.offering, sum(v.expected)::text AS expected, sum(v.actual)::text AS actual,
    sum(abs(v.expected - v.actual)) AS difference
  FROM facts f CROSS JOIN LATERAL (VALUES
    ('usageEvents', f.charge, f.event_charge),
    ('receipts', f.due_cumulative, f.cumulative),
    ('receipts', 1, CASE WHEN f.chained THEN 1 ELSE 0 END),
    ('receipts', 1, CASE WHEN f.encoded THEN 1 ELSE 0 END),
    ('receipts', 1, CASE WHEN f.shown THEN 1 ELSE 0 END)
  ) AS v(bucket, expected, actual)
  WHERE v.expected <> v.actual GROUP BY v.bucket, f.offering`;
