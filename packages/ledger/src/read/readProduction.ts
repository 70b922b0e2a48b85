import { type RawBuilder, sql } from "kysely";
import type { Reader } from "./Reader.ts";

/** A stretch of time: `from` belongs to it, `to` does not. */
export interface Window {
  readonly from: Date;
  readonly to: Date;
}

/**
 * What the calls that ended in a stretch of time used, for one offering. Tokens by disjoint class; `charge` in
 * millicredits. `energyMillijoules` sums only calls of known energy, and `producedKnown` is what those calls produced.
 */
export interface ProductionRecord {
  /** Start of the bucket; the start of the window where no interval was asked for. */
  readonly start: Date;
  readonly offering: string;
  readonly requests: bigint;
  readonly input: bigint;
  readonly cachedInput: bigint;
  readonly cacheWrite: bigint;
  readonly output: bigint;
  readonly reasoning: bigint;
  readonly produced: bigint;
  readonly delivered: bigint;
  /** Output tokens of calls that were charged in full; a call that was capped counts for nothing here. */
  readonly sold: bigint;
  readonly charge: bigint;
  readonly energyMillijoules: bigint;
  readonly producedKnown: bigint;
  readonly energyMeasured: bigint;
  readonly energyModelled: bigint;
  readonly energyDeclared: bigint;
  readonly energyUnknown: bigint;
  readonly usageFinal: bigint;
  readonly usageContinuous: bigint;
  readonly usageProviderAsync: bigint;
  readonly usageCounted: bigint;
}

/** Production by offering, and by bucket if `interval` (seconds, counted from the Unix epoch) is given. */
export function readProduction(reader: Reader, window: Window, interval?: number): Promise<ProductionRecord[]> {
  const start =
    interval === undefined
      ? sql<Date>`${window.from.toISOString()}::timestamptz`
      : sql<Date>`date_bin(make_interval(secs => ${sql.lit(interval)}), ended_at, timestamptz '1970-01-01 00:00:00Z')`;
  const sum = (column: RawBuilder<unknown>) => sql<bigint>`coalesce(sum(${column}), 0)::numeric`;
  const count = (column: string, value: string) =>
    sql<bigint>`count(*) filter (where ${sql.ref(column)} = ${sql.lit(value)})`;
  return reader
    .selectFrom("usage_event")
    .select([
      start.as("start"),
      "offering",
      sql<bigint>`count(*)`.as("requests"),
      sum(sql`input`).as("input"),
      sum(sql`cached_input`).as("cachedInput"),
      sum(sql`cache_write`).as("cacheWrite"),
      sum(sql`output`).as("output"),
      sum(sql`reasoning`).as("reasoning"),
      sum(sql`produced`).as("produced"),
      sum(sql`delivered`).as("delivered"),
      sum(sql`case when charge > 0 and not 'capped' = any(flags) then least(output + reasoning, produced) end`).as(
        "sold",
      ),
      sum(sql`charge`).as("charge"),
      sum(sql`energy_millijoules`).as("energyMillijoules"),
      sum(sql`case when energy_millijoules is not null then produced end`).as("producedKnown"),
      count("energy_provenance", "measured").as("energyMeasured"),
      count("energy_provenance", "modelled").as("energyModelled"),
      count("energy_provenance", "declared").as("energyDeclared"),
      count("energy_provenance", "unknown").as("energyUnknown"),
      count("usage_provenance", "final").as("usageFinal"),
      count("usage_provenance", "continuous").as("usageContinuous"),
      count("usage_provenance", "provider_async").as("usageProviderAsync"),
      count("usage_provenance", "counted").as("usageCounted"),
    ])
    .where("ended_at", ">=", window.from)
    .where("ended_at", "<", window.to)
    .groupBy([sql`1`, "offering"])
    .orderBy(sql`1`)
    .orderBy("offering")
    .execute();
}
