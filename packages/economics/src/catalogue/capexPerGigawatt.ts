import file from "../../data/datacenter_finance.json" with { type: "json" };
import type { Sourced } from "../quantities/Sourced.ts";
import { type UsdPerGigawatt, usdPerGigawatt } from "../units.ts";

interface CapexRow {
  readonly who: string;
  /** When it was said: YYYY-MM. */
  readonly date: string;
  readonly usd?: number;
  readonly usd_range?: readonly number[];
  readonly detail?: string;
}

const rows: readonly CapexRow[] = file.capex_per_gw_usd;

/**
 * What a gigawatt of AI factory is said to cost. Scopes differ (chips alone, with building, with power), so never
 * average. Of a range, the value is its lower end, which is a figure that was said.
 */
export const capexPerGigawatt: readonly Sourced<UsdPerGigawatt>[] = rows.map(
  ({ who, date, usd, usd_range, detail }) => {
    const [low = Number.NaN, high = low] = usd_range ?? [];
    return {
      value: usdPerGigawatt(usd ?? low),
      unit: "USD/GW",
      source: detail === undefined ? who : `${who}: ${detail}`,
      asOf: date,
      confidence: "quoted",
      ...(usd_range === undefined ? {} : { range: [usdPerGigawatt(low), usdPerGigawatt(high)] as const }),
    };
  },
);
