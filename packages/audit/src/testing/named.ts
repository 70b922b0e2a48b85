import { type Address, type Hex, keccak256, slice, stringToHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";

/** Words, addresses and keys that are always the same, by name. */
export const named = {
  word: (name: string): Hex => keccak256(stringToHex(name)),
  address: (name: string): Address => slice(keccak256(stringToHex(name)), 12),
  account: (name: string) => privateKeyToAccount(keccak256(stringToHex(`key of ${name}`))),
};
