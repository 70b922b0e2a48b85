import { isDate } from "../internal/isDate.ts";
import { checkRow, isRecord } from "./checkRow.ts";
import { hardwareFields } from "./hardwareFields.ts";

type Row = Readonly<Record<string, unknown>>;

/**
 * What is wrong with the contents of a `hardware_catalog.json`: a table that is missing, a row that `checkRow` refuses,
 * an id used twice, a chip or a source that is not there, a row without provenance, GPU-hours of no date or of another
 * unit. Empty for a good one.
 */
export function checkHardware(file: unknown): readonly string[] {
  if (!isRecord(file)) return ["the catalogue is no JSON object"];
  const hours = isRecord(file.inferencex_tco_and_power) ? file.inferencex_tco_and_power : {};
  const sources = isRecord(file.sources) ? file.sources : {};
  const tables = { chips: file.chips, systems: file.systems, hours: hours.rows, models: file.model_shapes };
  const named = Object.entries(tables).flatMap(([table, rows]) =>
    rowsOf(rows).map((row, index) => ({ table, name: `${table} ${nameOf(row) ?? `row ${index + 1}`}`, row })),
  );
  const ids = named.map(({ name }) => name);
  return [
    ...Object.entries(tables)
      .filter(([, rows]) => rowsOf(rows).length === 0)
      .map(([table]) => `${table}: no rows`),
    ...named.flatMap(({ table, name, row }) => checkRow(name, row, hardwareFields[table as keyof typeof tables])),
    ...ids.filter((name, index) => ids.indexOf(name) !== index).map((name) => `${name} occurs twice`),
    ...named.flatMap(({ table, name, row }) => checkReferences(table, name, isRecord(row) ? row : {}, ids, sources)),
    ...(isDate(hours.as_of) ? [] : [`GPU-hours as of ${JSON.stringify(hours.as_of)}, which is no date`]),
    ...(/^USD per GPU-hour\b/.test(String(hours.unit)) ? [] : [`GPU-hours in ${hours.unit}, not in USD per GPU-hour`]),
  ];
}

function checkReferences(table: string, name: string, row: Row, ids: readonly string[], sources: Row): string[] {
  if (table === "systems") return ids.includes(`chips ${row.chip}`) ? [] : [`${name}: no chip ${row.chip}`];
  if (table !== "chips") return [];
  const cited = rowsOf(row.src);
  return [
    ...cited
      .filter((source) => !Object.hasOwn(sources, String(source)))
      .map((source) => `${name}: no source ${source}`),
    ...(cited.length === 0 && !row.confidence ? [`${name}: neither source nor confidence`] : []),
  ];
}

const rowsOf = (rows: unknown): readonly unknown[] => (Array.isArray(rows) ? rows : []);
const nameOf = (row: unknown): unknown => (isRecord(row) ? (row.id ?? row.gpu) : undefined);
