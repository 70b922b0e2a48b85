import { sql } from "kysely";
import type { Check } from "./Check.ts";

const ZERO_ADDRESS = `0x${"0".repeat(40)}`;

/** An ERC-1155 id is the offering's hash as a number: eight 32-bit digits, because SQL reads no longer hexadecimal. */
const digits = Array.from({ length: 8 }, (_, index) => `('x' || substr(id, ${3 + 8 * index}, 8))::bit(32)::int8`);
const numericId = sql.raw(digits.reduce((high, digit) => `(${high}) * 4294967296::numeric + ${digit}`, "0"));

/** A wallet's credits are what its transfers leave in it. */
export const walletCheck: Check = sql`
  WITH transfers AS (
    SELECT args->>'from' AS sender, args->>'to' AS receiver, (args->>'id')::numeric AS id, (args->>'value')::numeric AS value
    FROM chain_event WHERE name = 'TransferSingle'
    UNION ALL
    SELECT args->>'from', args->>'to', b.id::numeric, b.value::numeric
    FROM chain_event CROSS JOIN LATERAL ROWS FROM
      (jsonb_array_elements_text(args->'ids'), jsonb_array_elements_text(args->'values')) AS b(id, value)
    WHERE name = 'TransferBatch'),
  moves AS (
    SELECT id, sender AS owner, -value AS value FROM transfers
    UNION ALL SELECT id, receiver, value FROM transfers),
  folded AS (
    SELECT coalesce(o.offering, m.id::text) AS offering, m.owner, sum(m.value) AS balance
    FROM moves m LEFT JOIN (SELECT id AS offering, ${numericId} AS id FROM offering) o ON o.id = m.id
    WHERE m.owner <> ${ZERO_ADDRESS} GROUP BY 1, 2)
  SELECT 'inWallets' AS bucket, coalesce(f.offering, b.offering) AS offering, sum(coalesce(f.balance, 0))::text AS expected,
    sum(coalesce(b.balance, 0))::text AS actual, sum(abs(coalesce(f.balance, 0) - coalesce(b.balance, 0))) AS difference
  FROM folded f FULL JOIN credit_balance b ON b.offering = f.offering AND b.owner = f.owner
  WHERE coalesce(f.balance, 0) <> coalesce(b.balance, 0)
  GROUP BY 2`;
