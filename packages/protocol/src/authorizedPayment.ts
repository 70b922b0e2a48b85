import type { Address, Hex, TypedDataDomain } from "viem";

/** An EIP-3009 payment that only its receiver can bring to the payment token. */
export interface AuthorizedPayment {
  readonly from: Address;
  readonly to: Address;
  /** Base units of the payment token. */
  readonly value: bigint;
  /** Unix seconds, exclusive. */
  readonly validAfter: bigint;
  /** Unix seconds, exclusive. */
  readonly validBefore: bigint;
  /** Unique for `from`; for a purchase, the hash of its order. */
  readonly nonce: Hex;
}

const types = {
  ReceiveWithAuthorization: [
    { name: "from", type: "address" },
    { name: "to", type: "address" },
    { name: "value", type: "uint256" },
    { name: "validAfter", type: "uint256" },
    { name: "validBefore", type: "uint256" },
    { name: "nonce", type: "bytes32" },
  ],
} as const;

/** What the payer signs. The domain is the payment token's own. */
export function authorizedPaymentTypedData(payment: AuthorizedPayment, domain: TypedDataDomain) {
  return { domain, types, primaryType: "ReceiveWithAuthorization", message: payment } as const;
}
