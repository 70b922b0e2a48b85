import type { Addressable, Signer, TypedDataDomain } from "ethers";
import { ethers } from "./chain.ts";
import { eip712Types } from "./eip712Types.ts";

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
  return meteringKey.signTypedData(domain, eip712Types("MeteringKeyConsent"), message);
}

/** A receipt key lets the bond of `meteringKey` answer for it. */
export async function signReceiptKeyConsent(
  receiptKey: Signer,
  domain: TypedDataDomain,
  meteringKey: Addressable,
): Promise<string> {
  return receiptKey.signTypedData(domain, eip712Types("ReceiptKeyConsent"), {
    meteringKey: await meteringKey.getAddress(),
  });
}
