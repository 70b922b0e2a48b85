import {
  type Address,
  compactSignatureToSignature,
  concat,
  type Hex,
  type LocalAccount,
  numberToHex,
  parseCompactSignature,
  parseSignature,
  recoverTypedDataAddress,
  serializeCompactSignature,
  serializeSignature,
  signatureToCompactSignature,
  size,
  slice,
} from "viem";
import { creditsDomain, type Domain } from "./Domain.ts";
import { JoulemintError } from "./JoulemintError.ts";

/** What the signer of a session states: how much of it is used so far, and where its receipt chain ends. */
export interface Voucher {
  readonly session: Hex;
  /** Millicredits, cumulative over the session's life; uint48. A replay of an older voucher does nothing. */
  readonly cumulative: bigint;
  /** Hash of the session's last receipt that this voucher covers. */
  readonly receiptsHead: Hex;
}

export interface SignedVoucher {
  readonly voucher: Voucher;
  /** EIP-2098: r, then s with the parity in its top bit; 64 bytes. */
  readonly signature: Hex;
}

/** Bytes of a packed row: session 32, cumulative 6, receipts head 32, r 32, vs 32. */
export const VOUCHER_ROW_BYTES = 134;

const types = {
  Voucher: [
    { name: "session", type: "bytes32" },
    { name: "cumulative", type: "uint48" },
    { name: "receiptsHead", type: "bytes32" },
  ],
} as const;

/** What a wallet signs for a voucher (`account.signTypedData(...)`, `eth_signTypedData_v4`). */
export function voucherTypedData(voucher: Voucher, domain: Domain) {
  return {
    domain: creditsDomain(domain),
    types,
    primaryType: "Voucher",
    // viem's type for a uint48 is a number; every uint48 is exact in one.
    message: { ...voucher, cumulative: uint48(voucher.cumulative) },
  } as const;
}

/** Signs a voucher with a key held here; the signature is EIP-2098, 64 bytes. */
export async function signVoucher(voucher: Voucher, account: LocalAccount, domain: Domain): Promise<Hex> {
  return compact(await account.signTypedData(voucherTypedData(voucher, domain)));
}

/**
 * The lower-case address whose key signed the voucher, from a signature of 64 (EIP-2098) or 65 bytes.
 * Throws `VOUCHER_INVALID` for a signature that no key can have made.
 */
export async function recoverVoucherSigner(voucher: Voucher, signature: Hex, domain: Domain): Promise<Address> {
  const packed = compact(signature);
  try {
    const full = serializeSignature(compactSignatureToSignature(parseCompactSignature(packed)));
    const signer = await recoverTypedDataAddress({ ...voucherTypedData(voucher, domain), signature: full });
    return signer.toLowerCase() as Address;
  } catch (cause) {
    throw new JoulemintError("VOUCHER_INVALID", { field: "signature", actual: signature }, { cause });
  }
}

/** One row for `Credits.settle`; the signature may have 64 or 65 bytes. */
export function encodeVoucherRow({ voucher, signature }: SignedVoucher): Hex {
  return concat([
    word(voucher.session, "session"),
    numberToHex(uint48(voucher.cumulative), { size: 6 }),
    word(voucher.receiptsHead, "receiptsHead"),
    compact(signature),
  ]);
}

/** The `rows` argument of `Credits.settle`. */
export function encodeVoucherRows(vouchers: readonly SignedVoucher[]): Hex {
  return concat(vouchers.map(encodeVoucherRow));
}

/** The vouchers of a `rows` argument. Throws `VOUCHER_INVALID` if it is not a whole number of rows. */
export function decodeVoucherRows(rows: Hex): SignedVoucher[] {
  const bytes = size(rows);
  if (bytes % VOUCHER_ROW_BYTES !== 0) {
    throw new JoulemintError("VOUCHER_INVALID", {
      field: "rows",
      expected: `a multiple of ${VOUCHER_ROW_BYTES} bytes`,
      actual: bytes,
    });
  }
  return Array.from({ length: bytes / VOUCHER_ROW_BYTES }, (_, index) => {
    const row = slice(rows, index * VOUCHER_ROW_BYTES, (index + 1) * VOUCHER_ROW_BYTES);
    return {
      voucher: {
        session: slice(row, 0, 32),
        cumulative: BigInt(slice(row, 32, 38)),
        receiptsHead: slice(row, 38, 70),
      },
      signature: slice(row, 70, 134),
    };
  });
}

function compact(signature: Hex): Hex {
  if (/^0x[0-9a-f]{128}$/i.test(signature)) return signature.toLowerCase() as Hex;
  if (/^0x[0-9a-f]{130}$/i.test(signature)) {
    try {
      return serializeCompactSignature(signatureToCompactSignature(parseSignature(signature)));
    } catch (cause) {
      throw new JoulemintError("VOUCHER_INVALID", { field: "signature", actual: signature }, { cause });
    }
  }
  throw new JoulemintError("VOUCHER_INVALID", { field: "signature", expected: "64 or 65 bytes", actual: signature });
}

function uint48(cumulative: bigint): number {
  if (cumulative < 0n || cumulative >= 2n ** 48n) {
    throw new JoulemintError("VOUCHER_INVALID", { field: "cumulative", expected: "a uint48", actual: cumulative });
  }
  return Number(cumulative);
}

function word(hex: Hex, field: string): Hex {
  if (!/^0x[0-9a-f]{64}$/i.test(hex)) {
    throw new JoulemintError("VOUCHER_INVALID", { field, expected: "32 bytes", actual: hex });
  }
  return hex.toLowerCase() as Hex;
}
