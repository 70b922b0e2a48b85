export type Row = Readonly<Record<string, string>>;

/**
 * The rows of a CSV text, by the columns of its first line: row i is line i + 2. Quoted fields may hold commas, and
 * quotes doubled. Throws `RangeError`, with the line, for a row of another number of fields.
 */
export function parseTable(text: string): readonly Row[] {
  const [header = [], ...rows] = text
    .replace(/^\uFEFF/, "")
    .trimEnd()
    .split(/\r?\n/)
    .map(fields);
  return rows.map((row, index) => {
    if (row.length !== header.length) {
      throw new RangeError(`line ${index + 2}: ${row.length} fields under ${header.length} columns: ${row}`);
    }
    return Object.fromEntries(header.map((name, index) => [name, row[index] ?? ""]));
  });
}

// Each field ends in a comma, the last one in one of our own.
const fields = (line: string): string[] =>
  [...`${line},`.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*)),/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );
