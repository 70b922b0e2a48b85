import { checksumAddress } from "@joulemint/protocol/checksumAddress";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { builder } from "../builder.ts";

builder.scalarType("Address", {
  description: "An account or contract: 20 bytes of hex. Checksummed (EIP-55) in answers, accepted in any case.",
  serialize: checksumAddress,
  parseValue(value) {
    if (typeof value === "string" && /^0x[0-9a-f]{40}$/i.test(value)) return value.toLowerCase();
    throw new JoulemintError("BAD_REQUEST", { expected: "Address", actual: String(value) });
  },
});
