import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { parse } from "csv-parse/sync";

/** One request of a trace: when it came, relative to the first, and how large it was. */
export interface TraceRequest {
  atMs: number;
  inputTokens: number;
  /** Part of `inputTokens` that came from a prefix cache. */
  cachedTokens: number;
  outputTokens: number;
}

interface Format {
  columns: readonly string[];
  optional: readonly string[];
  timestampMs(text: string): number;
  input: string;
  output: string;
}

const formats: readonly Format[] = [
  {
    columns: ["TIMESTAMP", "ContextTokens", "GeneratedTokens"],
    optional: [],
    timestampMs: utcMs,
    input: "ContextTokens",
    output: "GeneratedTokens",
  },
  {
    columns: ["timestamp_ms", "input_tokens", "output_tokens"],
    optional: ["cached_tokens"],
    timestampMs: (text) => (/^\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN),
    input: "input_tokens",
    output: "output_tokens",
  },
];

/**
 * Reads a trace of requests in Azure's columns (`TIMESTAMP,ContextTokens,GeneratedTokens`) or in ours
 * (`timestamp_ms,input_tokens,output_tokens[,cached_tokens]`).
 * A malformed row fails with TRACE_MALFORMED and its line number; nothing is skipped.
 */
export function parseTrace(text: string, limit = Number.POSITIVE_INFINITY): TraceRequest[] {
  const rows = readRows(text);
  const header = rows.shift();
  const format = formats.find(({ columns, optional }) => {
    const rest = header?.record.slice(columns.length) ?? [];
    return columns.every((name, i) => header?.record[i] === name) && rest.every((name, i) => optional[i] === name);
  });
  if (header === undefined || format === undefined) {
    throw malformed(1, "header", `one of: ${formats.map(({ columns }) => columns.join(",")).join(" | ")}`);
  }

  let first: number | undefined;
  let previous = Number.NEGATIVE_INFINITY;
  return rows.slice(0, limit).map(({ record, line }) => {
    if (record.length !== header.record.length) throw malformed(line, "row", `${header.record.length} columns`);
    const field = (name: string): string => record[header.record.indexOf(name)] ?? "";
    const count = (name: string): number => {
      if (!/^\d{1,9}$/.test(field(name))) throw malformed(line, name, "a whole number of tokens");
      return Number(field(name));
    };
    const timestampColumn = format.columns[0] ?? "";
    const timestamp = format.timestampMs(field(timestampColumn));
    if (!Number.isFinite(timestamp)) throw malformed(line, timestampColumn, "a timestamp");
    if (timestamp < previous) throw malformed(line, timestampColumn, "a timestamp not before the row above");
    previous = timestamp;
    first ??= timestamp;
    const request = {
      atMs: timestamp - first,
      inputTokens: count(format.input),
      cachedTokens: header.record.includes("cached_tokens") ? count("cached_tokens") : 0,
      outputTokens: count(format.output),
    };
    if (request.cachedTokens > request.inputTokens) throw malformed(line, "cached_tokens", "at most input_tokens");
    return request;
  });
}

function readRows(text: string): { record: string[]; line: number }[] {
  try {
    const rows = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true, info: true });
    return (rows as unknown as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      record,
      line: info.lines,
    }));
  } catch (error) {
    const line = (error as { lines?: number }).lines ?? 1;
    throw malformed(line, "row", "comma-separated values");
  }
}

function malformed(line: number, field: string, expected: string): JoulemintError {
  return new JoulemintError("TRACE_MALFORMED", { line, field, expected });
}

/** `2023-11-16 18:15:46.6805900` as milliseconds. A day or an hour that does not exist is no timestamp. */
function utcMs(text: string): number {
  const [, day, time] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d+)?$/.exec(text) ?? [];
  const ms = Date.parse(`${text.replace(" ", "T")}Z`);
  return Number.isFinite(ms) && new Date(ms).toISOString().startsWith(`${day}T${time}`) ? ms : Number.NaN;
}
