import type { EnergyProvenance, UsageProvenance } from "@joulemint/protocol/Receipt";
import type { Tier } from "@joulemint/protocol/Tier";
import type { Reader } from "./Reader.ts";

/** What one call used. Token classes are disjoint; `produced` and `delivered` are output tokens, reasoning included. */
export interface UsageEventRecord {
  readonly id: string;
  readonly session: string;
  readonly offering: string;
  readonly tier: Tier;
  readonly input: bigint;
  readonly cachedInput: bigint;
  readonly cacheWrite: bigint;
  readonly output: bigint;
  readonly reasoning: bigint;
  readonly produced: bigint;
  readonly delivered: bigint;
  readonly usageProvenance: UsageProvenance;
  /** Millicredits. */
  readonly charge: bigint;
  readonly energyMillijoules: bigint | null;
  readonly energyProvenance: EnergyProvenance;
  readonly finishReason: string;
  readonly flags: readonly string[];
  readonly startedAt: Date;
  readonly endedAt: Date;
}

/** The usage events with these ids (those of their receipts), in any order; unknown ones are left out. */
export function readUsageEvents(reader: Reader, ids: readonly string[]): Promise<UsageEventRecord[]> {
  return reader
    .selectFrom("usage_event")
    .select([
      "id",
      "session",
      "offering",
      "tier",
      "input",
      "cached_input as cachedInput",
      "cache_write as cacheWrite",
      "output",
      "reasoning",
      "produced",
      "delivered",
      "usage_provenance as usageProvenance",
      "charge",
      "energy_millijoules as energyMillijoules",
      "energy_provenance as energyProvenance",
      "finish_reason as finishReason",
      "flags",
      "started_at as startedAt",
      "ended_at as endedAt",
    ])
    .where("id", "in", ids)
    .execute();
}
