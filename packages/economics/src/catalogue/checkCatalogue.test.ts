import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { checkCatalogue } from "./checkCatalogue.ts";

const own = (name: string): Promise<string> => readFile(new URL(`../../data/${name}`, import.meta.url), "utf8");
const offer = (files: Readonly<Record<string, string>>) =>
  checkCatalogue(async (name) => files[name] ?? null, own).then(({ problems }) => problems);

it("what is in the package has no problem, and its generated files are up to date", async () => {
  const { files, problems } = await checkCatalogue(own, own);
  expect(problems).toEqual([]);
  for (const [name, text] of Object.entries(files)) {
    if (name.endsWith(".json")) expect(JSON.parse(text)).toEqual(JSON.parse(await own(name)));
  }
});

const HEADER =
  "provider,model,input_usd_per_mtok,cached_input_usd_per_mtok,cache_write_usd_per_mtok,output_usd_per_mtok," +
  "long_context_tiers,constraint,source,as_of,licence";
const list = (...lines: string[]) => ({ "token_prices.csv": [HEADER, ...lines].join("\n") });
const good = "openai,gpt,1,0.1,,10,,,S,2026-08-21,MIT";
const tiers = (change: object) => ({
  "price_tiers.json": JSON.stringify({ unit: "USD per million tokens", tiers: [], price_history: [], ...change }),
});

it("a good list is no problem", async () => {
  expect(await offer(list(good))).toEqual([]);
});

it.each<[string, Record<string, string>, string]>([
  [
    "dollars a token",
    list("openai,gpt,0.000001,,,10,,,S,2026-08-21,MIT"),
    "line 2: openai gpt input_usd_per_mtok: 0.0",
  ],
  ["words", list("openai,gpt,free,,,10,,,S,2026-08-21,MIT"), "free is no price of a million tokens in USD"],
  ["no output price", list("openai,gpt,1,,,,,,S,2026-08-21,MIT"), "openai gpt: no output_usd_per_mtok"],
  ["no source", list("openai,gpt,1,,,10,,,,2026-08-21,MIT"), "openai gpt: no source"],
  ["no licence", list("openai,gpt,1,,,10,,,S,2026-08-21,"), "openai gpt: no licence"],
  ["no such day", list("openai,gpt,1,,,10,,,S,2026-02-30,MIT"), "as of 2026-02-30, which is no date"],
  ["an unknown constraint", list('openai,gpt,1,,,10,,"{""region"": 1}",S,2026-08-21,MIT'), "unknown constraint"],
  ["a threshold in words", list('openai,gpt,1,,,10,"[{""start"": ""long""}]",,S,2026-08-21,MIT'), "not one threshold"],
  ["a long context that is no JSON", list("openai,gpt,1,,,10,200k,,S,2026-08-21,MIT"), "200k is no JSON"],
  ["one price twice", list(good, good), "line 3: openai gpt  stands in line 2 already"],
  [
    "a column of another unit",
    { "token_prices.csv": `${HEADER}\n${good}`.replace("output_usd", "output_eur") },
    "openai gpt: no column output_usd_per_mtok",
  ],
  ["an empty list", list(), "no rows"],
  ["tiers in another unit", tiers({ unit: "EUR" }), "price tiers in EUR, not in USD per million tokens"],
  [
    "a tier without a source",
    tiers({ tiers: [{ vendor: "v", model: "m", tier: "batch" }] }),
    "tier m batch: no source",
  ],
  ["a change on no day", tiers({ price_history: [{ model: "m", from_date: "May" }] }), "from May: May is no date"],
  ["no tables", { "price_tiers.json": "{}" }, "tiers or price_history: no rows"],
  ["no catalogue", { "hardware_catalog.json": "{}" }, "hardware_catalog.json: chips: no rows"],
  ["what is no JSON", { "hardware_catalog.json": "{" }, "hardware_catalog.json: SyntaxError"],
  ["a short line", { "electricity_prices.csv": "region,sector\nX" }, "line 2: 1 fields under 2 columns"],
  ["nothing", {}, "no file of the catalogue is there"],
])("finds %s", async (_, files, problem) => {
  expect(await offer(files)).toContainEqual(expect.stringContaining(problem));
});
