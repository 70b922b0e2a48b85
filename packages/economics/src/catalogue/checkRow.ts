/** What a field must hold: a text, texts, a number from low to high, or a list of such numbers. */
export type Kind = "text" | "texts" | readonly [low: number, high: number, each?: "each"];

/** The fields of a table's rows. A field of neither kind has no unit that anybody knows. */
export interface Fields {
  readonly required: Readonly<Record<string, Kind>>;
  /** May be left out, or be `null` where no source states it. */
  readonly optional: Readonly<Record<string, Kind>>;
}

/**
 * What is wrong with a row of a data file, each as one sentence that names row and field: a field that is missing or
 * not known, a value of another type or outside of its plausible range. Empty for a good one.
 */
export function checkRow(name: string, row: unknown, { required, optional }: Fields): readonly string[] {
  if (!isRecord(row)) return [`${name}: ${JSON.stringify(row)} is no row`];
  const kinds: Readonly<Record<string, Kind>> = { ...optional, ...required };
  return [
    ...Object.keys(required)
      .filter((key) => (row[key] ?? null) === null)
      .map((key) => `${name}: no ${key}`),
    ...Object.entries(row).flatMap(([key, value]) => {
      const kind = Object.hasOwn(kinds, key) ? kinds[key] : undefined;
      if (kind === undefined) return [`${name} ${key}: no such field, so which unit?`];
      return value === null || fits(value, kind)
        ? []
        : [`${name} ${key}: ${JSON.stringify(value)} is not ${said(kind)}`];
    }),
  ];
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function fits(value: unknown, kind: Kind): boolean {
  if (kind === "text") return typeof value === "string" && value !== "";
  if (kind === "texts") return Array.isArray(value) && value.every((one) => fits(one, "text"));
  const [low, high, each] = kind;
  if (each === "each") return Array.isArray(value) && value.length > 0 && value.every((one) => fits(one, [low, high]));
  return typeof value === "number" && value >= low && value <= high;
}

function said(kind: Kind): string {
  if (typeof kind === "string") return kind === "text" ? "a text" : "a list of texts";
  return `${kind[2] === "each" ? "a list of numbers" : "a number"} from ${kind[0]} to ${kind[1]}`;
}
