import type { Addressable, Signer, TypedDataDomain, TypedDataField } from "ethers";
import { ethers } from "./chain.ts";

type Types = Record<string, TypedDataField[]>;

export const OFFERING: Types = {
  Offering: [
    { name: "model", type: "address" },
    { name: "kind", type: "bytes32" },
    { name: "termsHash", type: "bytes32" },
    { name: "tier", type: "uint8" },
    { name: "paymentToken", type: "address" },
    { name: "pricePerMillion", type: "uint64" },
    { name: "rateCardHash", type: "bytes32" },
    { name: "holdersBps", type: "uint16" },
    { name: "treasuryBps", type: "uint16" },
    { name: "treasury", type: "address" },
    { name: "operator", type: "address" },
    { name: "sellUntil", type: "uint64" },
    { name: "exitDelay", type: "uint32" },
    { name: "expiresAt", type: "uint64" },
    { name: "transferable", type: "bool" },
  ],
};

export const VOUCHER: Types = {
  Voucher: [
    { name: "session", type: "bytes32" },
    { name: "cumulative", type: "uint48" },
    { name: "receiptsHead", type: "bytes32" },
  ],
};

export const OPEN: Types = {
  Open: [
    { name: "offering", type: "bytes32" },
    { name: "owner", type: "address" },
    { name: "signer", type: "address" },
    { name: "salt", type: "bytes32" },
    { name: "credits", type: "uint48" },
    { name: "deadline", type: "uint256" },
  ],
};

export const CONSUMPTION: Types = {
  Consumption: [
    { name: "offering", type: "bytes32" },
    { name: "owner", type: "address" },
    { name: "subject", type: "bytes32" },
    { name: "credits", type: "uint256" },
    { name: "sequence", type: "uint256" },
  ],
};

const COOPERATIVE_CLOSE: Types = {
  CooperativeClose: [
    { name: "session", type: "bytes32" },
    { name: "used", type: "uint48" },
  ],
};

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
