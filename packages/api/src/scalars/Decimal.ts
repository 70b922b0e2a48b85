import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { builder } from "../builder.ts";

/** As many digits as any double needs; more is not a number that somebody means. */
const pattern = /^-?\d{1,40}(\.\d{1,40})?$/;

const parse = (name: string) => (value: unknown) => {
  if (typeof value === "number" ? Number.isFinite(value) : typeof value === "string" && pattern.test(value)) {
    return Number(value);
  }
  throw new JoulemintError("BAD_REQUEST", { expected: `${name}, such as "0.25"`, actual: String(value) });
};

builder.scalarType("Decimal", {
  description:
    "A decimal number as a string, without an exponent: a ratio, or a quantity in the unit that the field names. " +
    "As an input it may be a JSON number, too.",
  serialize: (value) => value,
  parseValue: parse("Decimal"),
});

builder.scalarType("Usd", {
  description:
    "US dollars as a decimal string. For economics; what is owed and paid is `Money`, which is exact. " +
    "As an input it may be a JSON number, too.",
  serialize: (value) => value,
  parseValue: parse("Usd"),
});
