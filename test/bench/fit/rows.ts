import type { Row } from "@joulemint/economics/catalogue/parseTable";

/**
 * The rows of each configuration: those that agree in the named columns. A column that a file lacks is the same for
 * all.
 */
export function configurations(rows: readonly Row[], columns: readonly string[]): readonly (readonly Row[])[] {
  return [...Map.groupBy(rows, (row) => JSON.stringify(columns.map((name) => row[name]))).values()];
}

/**
 * The rows of a table with a number above 0 in each of the columns. Published tables have gaps where a run failed: each
 * row that is left out is named by its line.
 */
export function complete(table: readonly Row[], columns: readonly string[]): readonly Row[] {
  return table.filter((row, index) => {
    const wrong = columns.filter((name) => !(Number(row[name]) > 0 && Number.isFinite(Number(row[name]))));
    const said = wrong.map((name) => `${name} is ${row[name] === undefined ? "missing" : `"${row[name]}"`}`);
    if (wrong.length > 0) console.error(`line ${index + 2} is left out: ${said.join(", ")}`);
    return wrong.length === 0;
  });
}

/** A number of a row. Throws `RangeError` if it is missing or not a number. */
export function column(row: Row, name: string): number {
  const text = row[name];
  const value = Number(text);
  if (text === undefined || text === "" || !Number.isFinite(value)) throw new RangeError(`${name} is "${text}"`);
  return value;
}
