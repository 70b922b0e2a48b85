import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { builder } from "../builder.ts";

builder.scalarType("Hex", {
  description: "Bytes as lower-case hex with 0x; accepted in any case.",
  serialize: (value) => value,
  parseValue(value) {
    if (typeof value === "string" && /^0x([0-9a-f]{2})*$/i.test(value)) return value.toLowerCase();
    throw new JoulemintError("BAD_REQUEST", { expected: "Hex", actual: String(value) });
  },
});
