import { type Address, getAddress } from "viem";
import { JoulemintError } from "./JoulemintError.ts";

/** The address as people read it, with the checksum of EIP-55 in its case. Throws `BAD_REQUEST` for what is no address. */
export function checksumAddress(address: string): Address {
  if (!/^0x[0-9a-f]{40}$/i.test(address)) {
    throw new JoulemintError("BAD_REQUEST", { field: "address", expected: "20 bytes in hex", actual: address });
  }
  return getAddress(address.toLowerCase());
}
