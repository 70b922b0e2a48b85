import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Hex } from "viem";

/** A hex field of a JSON body, of a given number of bytes. Throws BAD_REQUEST. */
export function readHex(body: Readonly<Record<string, unknown>>, field: string, bytes: readonly number[]): Hex {
  const value = body[field];
  if (typeof value === "string" && /^0x[0-9a-f]*$/i.test(value) && bytes.includes((value.length - 2) / 2)) {
    return value.toLowerCase() as Hex;
  }
  throw new JoulemintError("BAD_REQUEST", { field, expected: `0x and ${bytes.join(" or ")} bytes in hex` });
}
