import type { Addressable, Signer, TypedDataDomain } from "ethers";
import { ethers } from "./chain.ts";
import { eip712Types } from "./eip712Types.ts";

export const OFFERING = eip712Types("Offering");
export const VOUCHER = eip712Types("Voucher");
export const OPEN = eip712Types("Open");
export const CONSUMPTION = eip712Types("Consumption");
const COOPERATIVE_CLOSE = eip712Types("CooperativeClose");

export interface Offering {
  readonly model: string;
  readonly kind: string;
  readonly termsHash: string;
  readonly tier: bigint;
  readonly paymentToken: string;
  readonly pricePerMillion: bigint;
  readonly rateCardHash: string;
  readonly holdersBps: bigint;
  readonly treasuryBps: bigint;
  readonly treasury: string;
  readonly operator: string;
  readonly sellUntil: bigint;
  readonly exitDelay: bigint;
  readonly expiresAt: bigint;
  readonly transferable: boolean;
}

export interface Voucher {
  readonly session: string;
  readonly cumulative: bigint;
  readonly receiptsHead: string;
}

/** The EIP-712 domain of a `Credits` on the chain of the tests. */
export async function creditsDomain(credits: Addressable): Promise<TypedDataDomain> {
  const { chainId } = await ethers.provider.getNetwork();
  return { name: "Joulemint Credits", version: "1", chainId, verifyingContract: await credits.getAddress() };
}

export function signOffering(signer: Signer, domain: TypedDataDomain, offering: Offering): Promise<string> {
  return signer.signTypedData(domain, OFFERING, offering);
}

export function signCooperativeClose(
  signer: Signer,
  domain: TypedDataDomain,
  session: string,
  used: bigint,
): Promise<string> {
  return signer.signTypedData(domain, COOPERATIVE_CLOSE, { session, used });
}

/** A packed row for `settle`, 134 bytes. */
export async function voucherRow(signer: Signer, domain: TypedDataDomain, voucher: Voucher): Promise<string> {
  const signature = ethers.Signature.from(await signer.signTypedData(domain, VOUCHER, voucher));
  return packVoucherRow(voucher, signature.r, signature.yParityAndS);
}

export function packVoucherRow({ session, cumulative, receiptsHead }: Voucher, r: string, vs: string): string {
  return ethers.solidityPacked(
    ["bytes32", "uint48", "bytes32", "bytes32", "bytes32"],
    [session, cumulative, receiptsHead, r, vs],
  );
}
