/** How a command speaks: results on stdout (one JSON document with `--json`), progress on stderr. */
export interface Report {
  readonly json: boolean;
  /** What is going on, for a person who waits. */
  progress(text: string): void;
  /** The result: the object with `--json`, else the lines. */
  result(object: unknown, lines: readonly string[]): void;
}

export function report(json: boolean): Report {
  return {
    json,
    progress: (text) => process.stderr.write(`${text}\n`),
    result: (object, lines) => {
      const text = json ? JSON.stringify(object, bigintAsText) : lines.join("\n");
      process.stdout.write(`${text}\n`);
    },
  };
}

function bigintAsText(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
