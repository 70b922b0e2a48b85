import { type Address, type Hex, hashStruct } from "viem";

/** Rights that an owner exercised out of its wallet, as `Credits` says in its event `Consumed`. */
export interface Consumption {
  readonly offering: Hex;
  readonly owner: Address;
  /** What they were exercised on, as the owner says. */
  readonly subject: Hex;
  /** Millicredits. */
  readonly credits: bigint;
  /** Millicredits of the offering that were consumed before these. */
  readonly sequence: bigint;
}

const types = {
  Consumption: [
    { name: "offering", type: "bytes32" },
    { name: "owner", type: "address" },
    { name: "subject", type: "bytes32" },
    { name: "credits", type: "uint256" },
    { name: "sequence", type: "uint256" },
  ],
} as const;

/** The receipt of a consumption: its EIP-712 struct hash. Credits are consumed in sequence, so no two are the same. */
export function consumptionHash(consumption: Consumption): Hex {
  return hashStruct({ types, primaryType: "Consumption", data: consumption });
}
