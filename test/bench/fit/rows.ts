import type { Row } from "@joulemint/economics/catalogue/parseTable";

/**
 * The rows of each configuration: those that agree in the named columns. A column that a file lacks is the same for
 * all.
 */
export function configurations(rows: readonly Row[], columns: readonly string[]): readonly (readonly Row[])[] {
  return [...Map.groupBy(rows, (row) => JSON.stringify(columns.map((name) => row[name]))).values()];
}

/** The rows with a number above 0 in each of the columns: published tables have gaps where a run failed. */
export function complete(rows: readonly Row[], columns: readonly string[]): readonly Row[] {
  const kept = rows.filter((row) =>
    columns.every((name) => Number(row[name]) > 0 && Number.isFinite(Number(row[name]))),
  );
  if (kept.length < rows.length) console.error(`${rows.length - kept.length} of ${rows.length} rows lack ${columns}`);
  return kept;
}

/** A number of a row. Throws `RangeError` if it is missing or not a number. */
export function column(row: Row, name: string): number {
  const text = row[name];
  const value = Number(text);
  if (text === undefined || text === "" || !Number.isFinite(value)) throw new RangeError(`${name} is "${text}"`);
  return value;
}
