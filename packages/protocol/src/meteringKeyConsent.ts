import type { Address } from "viem";

const types = {
  MeteringKeyConsent: [
    { name: "owner", type: "address" },
    { name: "paymentToken", type: "address" },
  ],
} as const;

/** What a metering key signs so that `owner` may bond it in `paymentToken` at the `OperatorBond` of a chain. */
export function meteringKeyConsentTypedData(
  consent: { readonly owner: Address; readonly paymentToken: Address },
  bond: { readonly chainId: number; readonly address: Address },
) {
  return {
    domain: { name: "Joulemint OperatorBond", version: "1", chainId: bond.chainId, verifyingContract: bond.address },
    types,
    primaryType: "MeteringKeyConsent",
    message: consent,
  } as const;
}
