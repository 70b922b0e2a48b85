import type { Addressable, Signer, TypedDataDomain, TypedDataField } from "ethers";
import { ethers } from "./chain.ts";

const METERING_KEY_CONSENT: Record<string, TypedDataField[]> = {
  MeteringKeyConsent: [
    { name: "owner", type: "address" },
    { name: "paymentToken", type: "address" },
  ],
};
const RECEIPT_KEY_CONSENT: Record<string, TypedDataField[]> = {
  ReceiptKeyConsent: [{ name: "meteringKey", type: "address" }],
};

/** The EIP-712 domain of an `OperatorBond` on the chain of the tests. */
export async function bondDomain(bond: Addressable): Promise<TypedDataDomain> {
  const { chainId } = await ethers.provider.getNetwork();
  return { name: "Joulemint OperatorBond", version: "1", chainId, verifyingContract: await bond.getAddress() };
}

/** A metering key lets `owner` bond it in `paymentToken`. */
export async function signMeteringKeyConsent(
  meteringKey: Signer,
  domain: TypedDataDomain,
  owner: Addressable,
  paymentToken: Addressable,
): Promise<string> {
  const message = { owner: await owner.getAddress(), paymentToken: await paymentToken.getAddress() };
  return meteringKey.signTypedData(domain, METERING_KEY_CONSENT, message);
}

/** A receipt key lets the bond of `meteringKey` answer for it. */
export async function signReceiptKeyConsent(
  receiptKey: Signer,
  domain: TypedDataDomain,
  meteringKey: Addressable,
): Promise<string> {
  return receiptKey.signTypedData(domain, RECEIPT_KEY_CONSENT, { meteringKey: await meteringKey.getAddress() });
}
