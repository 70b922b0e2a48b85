import { checkRow, type Fields, isRecord, type Kind } from "./checkRow.ts";

const COUNT: Kind = [1, 1e9];
const DOLLARS = [0.0001, 100_000] as const;
const TOKEN_USE: Fields = {
  required: { what: "text", source: "text" },
  optional: {
    factor: [1, 1000],
    input_tokens: COUNT,
    output_tokens: COUNT,
    taf_total_over_output: [1, 1000],
    run_to_run_variation_up_to: [1, 1000],
    requests: COUNT,
    minutes: [0.01, 100_000],
    context_from: COUNT,
    context_to: COUNT,
    cache_hit: [0, 1, "each"],
    note: "text",
  },
};
const PRICE_POINT: Fields = {
  required: { family: "text", form: "text" },
  optional: {
    usd: DOLLARS,
    usd_range: [...DOLLARS, "each"],
    per: "text",
    vendor: "text",
    source: "text",
    example: "text",
    adoption_pct_2025: [0, 100],
    adoption_pct_2026: [0, 100],
    note: "text",
  },
};
const NESTED = {
  pack: { required: { usd: DOLLARS, credits: COUNT }, optional: {} },
  case: { required: { resolutions: COUNT, bill_usd: DOLLARS, computed_bill: DOLLARS }, optional: {} },
} as const satisfies Readonly<Record<string, Fields>>;
/** What a price point with a figure names as its origin, and what with a price is its unit. */
const FIGURES = ["usd", "usd_range", "adoption_pct_2026"];

/** What is wrong with the contents of an `agents_and_pricing.json`; empty for a good one. */
export function checkAgentPrices(file: unknown): readonly string[] {
  if (!isRecord(file)) return ["the agents' prices are no JSON object"];
  const { token_use: uses, agent_price_points: points } = file;
  if (!Array.isArray(uses) || !Array.isArray(points)) return ["token_use or agent_price_points: no rows"];
  return [
    ...uses.flatMap((row) => checkRow(`token use of ${row?.what}`, row, TOKEN_USE)),
    ...points.flatMap((row) => checkPoint(`price ${row?.form}`, row)),
  ];
}

function checkPoint(name: string, row: unknown): readonly string[] {
  if (!isRecord(row)) return checkRow(name, row, PRICE_POINT);
  const { pack = null, case: example = null, ...flat } = row;
  const stated = FIGURES.some((figure) => (row[figure] ?? null) !== null);
  const priced = (row.usd ?? row.usd_range ?? null) !== null;
  return [
    ...checkRow(name, flat, PRICE_POINT),
    ...(pack === null ? [] : checkRow(`${name} pack`, pack, NESTED.pack)),
    ...(example === null ? [] : checkRow(`${name} case`, example, NESTED.case)),
    ...(stated && !row.vendor && !row.source ? [`${name}: neither vendor nor source`] : []),
    ...(priced && !row.per ? [`${name}: dollars per what?`] : []),
  ];
}
