import { type Address, type Hex, hashStruct } from "viem";

/** What a purchase by a signature buys, and for whom. */
export interface PurchaseOrder {
  /** Id of the offering. */
  readonly offering: Hex;
  /** Whose credits they will be. */
  readonly owner: Address;
  /** Who may spend them in a session; zero for credits in the owner's wallet. */
  readonly signer: Address;
  /** Of the session. */
  readonly salt: Hex;
  /** Millicredits; uint48. */
  readonly credits: bigint;
  /** The payer's to choose; uint256. */
  readonly nonce: bigint;
}

const types = {
  Order: [
    { name: "offering", type: "bytes32" },
    { name: "owner", type: "address" },
    { name: "signer", type: "address" },
    { name: "salt", type: "bytes32" },
    { name: "credits", type: "uint48" },
    { name: "nonce", type: "uint256" },
  ],
} as const;

/**
 * The EIP-712 struct hash of an order. As the nonce of an EIP-3009 authorization it binds the payment to the order, so that
 * whoever brings it to the chain can change nothing of it.
 */
export function purchaseOrderHash(order: PurchaseOrder): Hex {
  return hashStruct({ types, primaryType: "Order", data: { ...order, credits: Number(order.credits) } });
}
