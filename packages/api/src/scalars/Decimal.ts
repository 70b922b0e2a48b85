import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { builder } from "../builder.ts";

const outputOnly =
  (name: string) =>
  (value: unknown): string => {
    throw new JoulemintError("BAD_REQUEST", { expected: `${name} is never an input`, actual: String(value) });
  };

builder.scalarType("Decimal", {
  description:
    "A decimal number as a string, without an exponent: a ratio, or a quantity in the unit that the field names.",
  serialize: (value) => value,
  parseValue: outputOnly("Decimal"),
});

builder.scalarType("Usd", {
  description: "US dollars as a decimal string. For economics; what is owed and paid is `Money`, which is exact.",
  serialize: (value) => value,
  parseValue: outputOnly("Usd"),
});
