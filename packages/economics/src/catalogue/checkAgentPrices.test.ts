import { expect, it } from "vitest";
import file from "../../data/agents_and_pricing.json" with { type: "json" };
import { timesOf } from "../quantities/timesOf.ts";
import { PRICING_FAMILIES } from "../revenue/PricingForm.ts";
import { tokenAmplification } from "../tokenAmplification.ts";
import { llmTokens } from "../units.ts";
import { checkAgentPrices } from "./checkAgentPrices.ts";

const { token_use: uses, agent_price_points: points } = file;
const withPoint = (change: object) => ({ ...file, agent_price_points: [{ family: "usage", form: "x", ...change }] });
const withUse = (change: object) => ({ ...file, token_use: [{ what: "x", source: "S", ...change }] });

it("finds nothing in ours", () => {
  expect(checkAgentPrices(file)).toEqual([]);
});

it.each<[string, unknown, string]>([
  ["a price of nobody", withPoint({ usd: 1, per: "seat" }), "price x: neither vendor nor source"],
  ["a price without a unit", withPoint({ usd: 1, vendor: "V" }), "price x: dollars per what?"],
  ["a price in words", withPoint({ usd: "1" }), 'price x usd: "1" is not a number from 0.0001 to 100000'],
  ["a price in euros", withPoint({ eur: 1 }), "price x eur: no such field, so which unit?"],
  ["a pack of no credits", withPoint({ pack: { usd: 1 } }), "price x pack: no credits"],
  ["use without a source", withUse({ source: null }), "token use of x: no source"],
  ["hits of more than all", withUse({ cache_hit: [95] }), "token use of x cache_hit: [95] is not a list of numbers"],
  ["a row that is none", { ...file, agent_price_points: [7] }, "price undefined: 7 is no row"],
  ["no tables", {}, "token_use or agent_price_points: no rows"],
  ["no file", null, "the agents' prices are no JSON object"],
])("finds %s", (_, contents, problem) => {
  expect(checkAgentPrices(contents)).toContainEqual(expect.stringContaining(problem));
});

it("its families are those of the pricing forms", () => {
  expect(new Set(points.map(({ family }) => family))).toEqual(new Set(Object.values(PRICING_FAMILIES)));
});

it("its figures are what the package makes of them", () => {
  const workflows = uses.find(({ what }) => what.includes("1,500% more"));
  expect(workflows?.factor).toBe(timesOf(1500));
  const coding = uses.find(({ what }) => what === "agentic coding session");
  const [input, output] = [coding?.input_tokens, coding?.output_tokens].map((count) => BigInt(count ?? 0));
  const counts = { total: llmTokens((input ?? 0n) + (output ?? 0n)), visible: llmTokens(output ?? 0n) };
  expect(tokenAmplification(counts)?.total).toBe(coding?.taf_total_over_output);
  const fin = points.find(({ vendor }) => vendor === "Intercom Fin");
  expect((fin?.case?.resolutions ?? 0) * (fin?.usd ?? 0)).toBeCloseTo(fin?.case?.computed_bill ?? 0, 9);
});
