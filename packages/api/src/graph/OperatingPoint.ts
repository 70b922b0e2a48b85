import type { OperatingPoint as Point } from "@joulemint/economics/quantities/OperatingPoint";
import { builder } from "../builder.ts";
import { decimalOf } from "../decimal.ts";

const texts = {
  model: "Its name.",
  hardware: "Machines, how many and how they are joined.",
  precision: "Of the weights: `bf16`, `fp8`, `fp4`.",
} as const satisfies Partial<Record<keyof Point, string>>;

const numbers = {
  inputTokens: "The mean of a request.",
  outputTokens: "The mean of a request.",
  interactivity: "Tokens a second that one user gets.",
  batch: "Requests that are decoded together.",
  acceptedLength: "Tokens that a verified step of speculative decoding yields; 1 without it.",
} as const satisfies Record<Exclude<keyof Point, keyof typeof texts>, string>;

export const OperatingPoint = builder.objectRef<Point>("OperatingPoint").implement({
  description: "What a throughput or a speed holds for. null is what nobody said.",
  fields: (t) => ({
    ...each(texts, (description, name) =>
      t.string({ nullable: true, description, resolve: (point) => point[name] ?? null }),
    ),
    ...each(numbers, (description, name) =>
      t.field({ type: "Decimal", nullable: true, description, resolve: (point) => decimalOf(point[name] ?? null) }),
    ),
  }),
});

export const OperatingPointInput = builder.inputType("OperatingPointInput", {
  description: "What a throughput or a speed holds for. What is left out is not known.",
  fields: (t) => ({
    ...each(texts, (description) => t.string({ description })),
    ...each(numbers, (description) => t.field({ type: "Decimal", description })),
  }),
});

/** `null` if nothing was said. Throws `RangeError` for numbers that are not above 0. */
export function operatingPointOf(asked: typeof OperatingPointInput.$inferInput | null | undefined): Point | null {
  const said = Object.entries(asked ?? {}).filter(([, value]) => value !== null && value !== undefined);
  for (const [name, value] of said) {
    if (typeof value === "number" && value <= 0) throw new RangeError(`${name} must be above 0, got ${value}`);
  }
  return said.length === 0 ? null : Object.fromEntries(said);
}

function each<Name extends string, Field>(
  words: Readonly<Record<Name, string>>,
  field: (description: string, name: Name) => Field,
) {
  const fields = (Object.entries(words) as [Name, string][]).map(([name, words]) => [name, field(words, name)]);
  return Object.fromEntries(fields) as Record<Name, Field>;
}
