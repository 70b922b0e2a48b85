import file from "../../data/datacenter_finance.json" with { type: "json" };
import type { Sourced } from "../quantities/Sourced.ts";

interface CapexRow {
  readonly who: string;
  readonly usd?: number;
  readonly usd_range?: readonly number[];
  readonly detail?: string;
}

const rows: readonly CapexRow[] = file.capex_per_gw_usd;

/**
 * What a gigawatt of AI factory is said to cost. Scopes differ (chips alone, with building, with power), so never
 * average.
 */
export const capexPerGigawatt: readonly Sourced<number>[] = rows.map(({ who, usd, usd_range, detail }) => {
  const [low = usd ?? Number.NaN, high = low] = usd_range ?? [];
  return {
    value: usd ?? (low + high) / 2,
    unit: "USD/GW",
    source: detail === undefined ? who : `${who}: ${detail}`,
    asOf: "2026-11-20",
    confidence: "quoted",
    ...(usd_range === undefined ? {} : { range: [low, high] as const }),
  };
});
