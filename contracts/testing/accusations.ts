import type { AddressLike, BigNumberish } from "ethers";
import type { OfferingStruct, OperatorBond, RateCardStruct } from "../types/ethers-contracts/OperatorBond.ts";
import type { SignedReceipt } from "./receipts.ts";

/** In the order of `IOperatorBond.Fault`. */
export const FAULT = {
  equivocation: 0n,
  brokenChain: 1n,
  overcharge: 2n,
  wrongRateCard: 3n,
  wrongOffering: 4n,
  falseVoucher: 5n,
} as const;

interface SignedVoucher {
  readonly session: string;
  readonly cumulative: BigNumberish;
  readonly receiptsHead: string;
  readonly r: string;
  readonly vs: string;
}

export interface Evidence {
  readonly receipts: readonly SignedReceipt[];
  readonly vouchers: readonly SignedVoucher[];
  readonly card: RateCardStruct;
  readonly offering: OfferingStruct;
  /** How the session was opened. */
  readonly session: {
    readonly offering: string;
    readonly owner: AddressLike;
    readonly signer: AddressLike;
    readonly salt: string;
  };
}

interface Accusation {
  readonly fault: bigint;
  readonly prove: () => Promise<unknown>;
}

/**
 * Every proof that evidence allows to try, without sending it: each receipt, pair of receipts and voucher, in every
 * place. A voucher is only held against a receipt that it names.
 */
export function accusations(bond: OperatorBond, evidence: Evidence, to: string): Accusation[] {
  const { receipts, vouchers, card, offering, session } = evidence;
  const { owner, signer, salt } = session;
  const alone = receipts.flatMap((one) => [
    { fault: FAULT.brokenChain, prove: () => bond.proveBrokenStart.staticCall(one, to) },
    { fault: FAULT.overcharge, prove: () => bond.proveOvercharge.staticCall(one, card, to) },
    { fault: FAULT.wrongRateCard, prove: () => bond.proveWrongRateCard.staticCall(one, offering, to) },
    {
      fault: FAULT.wrongOffering,
      prove: () => bond.proveWrongOffering.staticCall(one, session.offering, owner, signer, salt, to),
    },
  ]);
  const pairs = receipts.flatMap((one) => receipts.map((other) => ({ one, other })));
  const together = pairs.flatMap(({ one, other }) => [
    { fault: FAULT.equivocation, prove: () => bond.proveEquivocation.staticCall(one, other, to) },
    { fault: FAULT.brokenChain, prove: () => bond.proveBrokenChain.staticCall(one, other, to) },
    ...vouchers.map((voucher) => ({
      fault: FAULT.falseVoucher,
      prove: () => bond.proveVoucherBetween.staticCall(voucher, one, other, to),
    })),
  ]);
  const heads = vouchers.flatMap((voucher) =>
    receipts
      .filter(({ hash }) => hash === voucher.receiptsHead)
      .map(({ receipt }) => ({
        fault: FAULT.falseVoucher,
        prove: () => bond.proveFalseHead.staticCall(voucher, receipt, to),
      })),
  );
  return [...alone, ...together, ...heads];
}
