import { createHash, type Hash, randomBytes } from "node:crypto";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Hex } from "viem";

const MIN_BYTES = 16;
const MAX_BYTES = 64;

/**
 * The salt of a call's hashes: the caller's, from the `x-joulemint-salt` header in hex, or a random one. Without it a
 * hash on a receipt would tell whoever guesses a short prompt that the guess is right. Throws BAD_REQUEST.
 */
export function readSalt(header: string | string[] | undefined): Buffer {
  if (header === undefined) return randomBytes(32);
  const salt = Buffer.from(typeof header === "string" ? header : "", "hex");
  // `Buffer.from` stops at the first character that is not hex.
  if (salt.length * 2 === header.length && salt.length >= MIN_BYTES && salt.length <= MAX_BYTES) return salt;
  throw new JoulemintError("BAD_REQUEST", {
    field: "x-joulemint-salt",
    expected: `${MIN_BYTES} to ${MAX_BYTES} bytes in hex`,
  });
}

/** SHA-256 over the salt and whatever is added to it. */
export function saltedHash(salt: Buffer): Hash {
  return createHash("sha256").update(salt);
}

export function hexDigest(hash: Hash): Hex {
  return `0x${hash.digest("hex")}`;
}
