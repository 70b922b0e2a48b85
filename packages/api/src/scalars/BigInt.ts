import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { builder } from "../builder.ts";

builder.scalarType("BigInt", {
  description: "An integer of any size as a decimal string: JSON numbers are exact only up to 2^53.",
  serialize: (value) => value.toString(),
  parseValue(value) {
    if (
      typeof value === "number" ? Number.isSafeInteger(value) : typeof value === "string" && /^-?\d{1,78}$/.test(value)
    ) {
      return BigInt(value as number | string);
    }
    throw new JoulemintError("BAD_REQUEST", { expected: "BigInt", actual: String(value) });
  },
});
