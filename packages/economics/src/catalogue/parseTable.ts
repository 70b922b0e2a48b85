export type Row = Readonly<Record<string, string>>;

/** The rows of a CSV text, by the columns of its first line. Quoted fields may hold commas, and quotes doubled. */
export function parseTable(text: string): readonly Row[] {
  const [header = [], ...rows] = text.trim().split(/\r?\n/).map(fields);
  return rows.map((row) => {
    if (row.length !== header.length)
      throw new RangeError(`${row.length} fields under ${header.length} columns: ${row}`);
    return Object.fromEntries(header.map((name, index) => [name, row[index] ?? ""]));
  });
}

// Each field ends in a comma, the last one in one of our own.
const fields = (line: string): string[] =>
  [...`${line},`.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*)),/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );
