import { randomBytes } from "node:crypto";
import { type Hex, toHex } from "viem";

export function randomSalt(): Hex {
  return toHex(randomBytes(32));
}
