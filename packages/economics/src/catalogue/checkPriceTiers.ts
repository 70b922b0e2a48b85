import { isDate } from "../internal/isDate.ts";
import { checkRow, type Fields, isRecord, type Kind } from "./checkRow.ts";

/** `data/price_tiers.json`, as far as `priceBook` reads it. */
export interface PriceTiersFile {
  readonly unit: string;
  readonly tiers: readonly {
    readonly vendor: string;
    readonly model: string;
    /** The vendor's own word; `batch_or_flex` is two. */
    readonly tier: string;
    readonly input: number | null;
    readonly cached: number | null;
    readonly output: number | null;
    readonly ratio_to_standard: number | null;
    readonly source: string;
  }[];
  readonly price_history: readonly {
    readonly vendor: string;
    /** `MODEL-272k` has the prices of prompts above 272,000 tokens. */
    readonly model: string;
    readonly input: number;
    readonly output: number;
    readonly from_date: string | null;
    readonly to_date: string | null;
    readonly source: string;
  }[];
}

const DOLLARS_PER_MILLION: Kind = [0, 1000];
const TIER: Fields = {
  required: { vendor: "text", model: "text", tier: "text", source: "text" },
  optional: {
    input: DOLLARS_PER_MILLION,
    cached: DOLLARS_PER_MILLION,
    output: DOLLARS_PER_MILLION,
    ratio_to_standard: [0.01, 100],
    note: "text",
  },
};
const CHANGE: Fields = {
  required: {
    vendor: "text",
    model: "text",
    input: DOLLARS_PER_MILLION,
    output: DOLLARS_PER_MILLION,
    source: "text",
  },
  optional: { from_date: "text", to_date: "text" },
};

/** What is wrong with the contents of a `price_tiers.json`; empty for a good one. */
export function checkPriceTiers(file: unknown): readonly string[] {
  if (!isRecord(file)) return ["the price tiers are no JSON object"];
  const { unit, tiers, price_history: changes } = file;
  if (!Array.isArray(tiers) || !Array.isArray(changes)) return ["tiers or price_history: no rows"];
  return [
    ...(unit === "USD per million tokens" ? [] : [`price tiers in ${unit}, not in USD per million tokens`]),
    ...tiers.flatMap((row) => checkRow(`tier ${row?.model} ${row?.tier}`, row, TIER)),
    ...changes.flatMap((row) => {
      const name = `price of ${row?.model} from ${row?.from_date}`;
      const dates = [row?.from_date, row?.to_date].filter((date) => (date ?? null) !== null && !isDate(date));
      return [...checkRow(name, row, CHANGE), ...dates.map((date) => `${name}: ${date} is no date`)];
    }),
  ];
}
