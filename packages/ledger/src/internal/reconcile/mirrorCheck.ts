import { sql } from "kysely";
import type { Check } from "./Check.ts";

export interface Mirror {
  readonly bucket: string;
  readonly table: string;
  /** Which rows of the table; all by default. */
  readonly where?: string;
  readonly event: string;
  /** Columns and the integer arguments that they repeat. */
  readonly numbers: Readonly<Record<string, string>>;
  /** Columns and what they repeat of the event `e`, as SQL. */
  readonly texts: Readonly<Record<string, string>>;
}

/**
 * Rows that repeat an event must be the event's: none missing, none too many, each number and account the same.
 * The names in a mirror are ours, never input, so they may stand in the text of the query.
 */
export function mirrorCheck({ bucket, table, where = "true", event, numbers, texts }: Mirror): Check {
  const pairs = Object.entries(numbers).map(([column, argument]) => [
    `coalesce((e.args->>'${argument}')::numeric, 0)`,
    `coalesce(t.${column}, 0)`,
  ]);
  const differences = pairs.map(([expected, actual]) => `abs(${expected} - ${actual})`);
  const same = Object.entries({ tx_hash: "e.tx_hash", ...texts }).map(
    ([column, value]) => `t.${column} IS NOT DISTINCT FROM ${value}`,
  );
  return sql.raw(`
    SELECT '${bucket}' AS bucket, offering, sum(expected)::text AS expected, sum(actual)::text AS actual,
      sum(difference) AS difference
    FROM (
      SELECT coalesce(e.args->>'offering', to_jsonb(t)->>'offering') AS offering,
        ${pairs.map(([expected]) => expected).join(" + ")} AS expected,
        ${pairs.map(([, actual]) => actual).join(" + ")} AS actual,
        ${differences.join(" + ")} + CASE WHEN ${same.join(" AND ")} THEN 0 ELSE 1 END AS difference
      FROM (SELECT * FROM ${table} WHERE ${where}) t
      FULL JOIN (SELECT * FROM chain_event WHERE name = '${event}') e
        ON e.block_number = t.block_number AND e.log_index = t.log_index) d
    WHERE difference <> 0 GROUP BY offering`);
}
