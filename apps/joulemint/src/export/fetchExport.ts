import type { ExportEntry } from "@joulemint/audit/writeExport";
import { type ErrorCode, errorCatalogue } from "@joulemint/protocol/errorCatalogue";
import { type ErrorDetails, JoulemintError } from "@joulemint/protocol/JoulemintError";

/** The lines of a factory's `GET /export`. Fails with what the factory answers, and with EXPORT_MALFORMED for what is no export. */
export async function* fetchExport(url: string, asOf: string): AsyncGenerator<ExportEntry> {
  const response = await fetch(`${url}/export?asOf=${asOf}`).catch((cause: unknown) => {
    throw new JoulemintError("FACTORY_NOT_RUNNING", { url }, { cause });
  });
  if (!response.ok || response.body === null) throw refused(url, response.status, await response.text());
  for await (const line of linesOf(response.body)) yield parseEntry(url, line);
}

/** Split at line feeds alone: texts may hold other separators of lines. */
async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}

function parseEntry(url: string, text: string): ExportEntry {
  const value: unknown = parseJson(text);
  if (typeof value === "object" && value !== null && "file" in value && "line" in value) {
    return { file: String(value.file), line: value.line };
  }
  throw new JoulemintError("EXPORT_MALFORMED", {
    url,
    expected: "lines of { file, line }",
    actual: text.slice(0, 100),
  });
}

function refused(url: string, status: number, text: string): JoulemintError {
  const { error } = (parseJson(text) ?? {}) as { error?: { code?: string; details?: ErrorDetails } };
  if (error?.code === undefined || !Object.hasOwn(errorCatalogue, error.code)) {
    return new JoulemintError("EXPORT_MALFORMED", { url, expected: "an export", actual: `HTTP ${status}` });
  }
  return new JoulemintError(error.code as ErrorCode, error.details ?? {});
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
