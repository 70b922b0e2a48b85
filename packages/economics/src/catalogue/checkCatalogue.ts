import { checkAgentPrices } from "./checkAgentPrices.ts";
import { checkHardware } from "./checkHardware.ts";
import { checkPriceTiers } from "./checkPriceTiers.ts";
import { electricityRow } from "./electricityRow.ts";
import { parseTable, type Row } from "./parseTable.ts";
import { tokenPriceRow } from "./tokenPriceRow.ts";

/** JSON files, by what finds what is wrong with their contents. */
const DOCUMENTS: Readonly<Record<string, (contents: unknown) => readonly string[]>> = {
  "hardware_catalog.json": checkHardware,
  "price_tiers.json": checkPriceTiers,
  "agents_and_pricing.json": checkAgentPrices,
};
/** A table: the JSON generated from it, what reads a line and refuses a bad one, and what one line only may say. */
interface Table {
  readonly generated: string;
  readonly read: (row: Row) => object;
  readonly key: readonly string[];
}
const TABLES: Readonly<Record<string, Table>> = {
  "electricity_prices.csv": {
    generated: "electricity_prices.json",
    read: electricityRow,
    key: ["region", "sector", "period"],
  },
  "token_prices.csv": {
    generated: "token_prices.json",
    read: tokenPriceRow,
    key: ["provider", "model", "constraint"],
  },
};

type Read = (name: string) => Promise<string | null>;

export interface CheckedCatalogue {
  /** Texts by the names of the files to write; to be written only if there is no problem. */
  readonly files: Readonly<Record<string, string>>;
  /** What is wrong, each with its file and row. */
  readonly problems: readonly string[];
}

/**
 * Looks through the files that `offered` has, and takes those that it lacks from `own`. A file that cannot be read is a
 * problem like any other; so is an offer of none at all.
 */
export async function checkCatalogue(offered: Read, own: Read): Promise<CheckedCatalogue> {
  const files: Record<string, string> = {};
  const problems: string[] = [];
  let taken = 0;
  for (const name of [...Object.keys(DOCUMENTS), ...Object.keys(TABLES)]) {
    const newer = await offered(name);
    if (newer !== null) taken += 1;
    const text = newer ?? (await own(name)) ?? "";
    files[name] = text;
    const found = (what: string) => problems.push(`${name}: ${what}`);
    try {
      for (const problem of DOCUMENTS[name]?.(JSON.parse(text)) ?? []) found(problem);
      const table = TABLES[name];
      if (table !== undefined) files[table.generated] = json(rowsOf(text, table, found));
    } catch (error) {
      found(String(error));
    }
  }
  return { files, problems: taken === 0 ? ["no file of the catalogue is there", ...problems] : problems };
}

function rowsOf(text: string, { read, key }: Table, found: (what: string) => void): readonly object[] {
  const rows = parseTable(text);
  if (rows.length === 0) found("no rows");
  const lines = new Map<string, number>();
  return rows.flatMap((row, index) => {
    const line = index + 2;
    const subject = key.map((name) => row[name]).join(" ");
    if (lines.has(subject)) found(`line ${line}: ${subject} stands in line ${lines.get(subject)} already`);
    lines.set(subject, line);
    try {
      return [read(row)];
    } catch (error) {
      found(`line ${line}: ${error instanceof Error ? error.message : error}`);
      return [];
    }
  });
}

const json = (rows: readonly object[]): string => `${JSON.stringify(rows, null, 2)}\n`;
