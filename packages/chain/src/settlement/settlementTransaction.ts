import { readOfferingTerms } from "@joulemint/ledger/chain/readOfferingTerms";
import type { SettlementIntent } from "@joulemint/ledger/chain/settlementIntents";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { offeringStruct } from "@joulemint/protocol/Offering";
import { encodeVoucherRows } from "@joulemint/protocol/Voucher";
import { encodeFunctionData, type Hex, keccak256 } from "viem";
import { isTransient } from "../isTransient.ts";
import type { SettlerOptions } from "../Settler.ts";
import type { Fees } from "./raiseFees.ts";

/** Signed, and not sent. */
export interface SettlementTransaction {
  readonly nonce: number;
  readonly hash: Hex;
  readonly serialized: Hex;
}

type Options = Pick<SettlerOptions, "ledger" | "client" | "domain" | "account">;
type Batch = Pick<SettlementIntent, "offering" | "vouchers" | "receiptsRoot">;

/**
 * Settles, and releases what is due if the model takes its part: one that cannot, because the payment token froze it, must
 * not hold up settlements, whose revenue waits in escrow until it can be released. Fails with what the chain says against it,
 * MODEL_NOT_FOUND when the ledger does not have the offering.
 */
export async function settlementTransaction(
  { ledger, client, domain, account }: Options,
  { offering, vouchers, receiptsRoot }: Batch,
  { nonce, fees }: { readonly nonce: number; readonly fees?: Fees },
): Promise<SettlementTransaction> {
  const terms = await readOfferingTerms(ledger, offering);
  const to = domain.credits;
  const call = async (functionName: "settleAndRelease" | "settle") => {
    const args = [offeringStruct(terms), encodeVoucherRows(vouchers), receiptsRoot] as const;
    const data = encodeFunctionData({ abi: creditsAbi, functionName, args });
    // After the newest block: in a pending one, the transaction whose place this one takes has used the credits already. What
    // others settle and claim until it is mined can make it a little dearer.
    const gas = ((await client.estimateGas({ account: account.address, to, data, blockTag: "latest" })) * 5n) / 4n;
    return { data, gas };
  };
  const { data, gas } = await call("settleAndRelease").catch((error) => {
    if (isTransient(error)) throw error;
    return call("settle");
  });
  const { maxFeePerGas, maxPriorityFeePerGas } = fees ?? (await client.estimateFeesPerGas());
  const serialized = await account.signTransaction({
    type: "eip1559",
    chainId: domain.chainId,
    to,
    data,
    gas,
    nonce,
    maxFeePerGas,
    maxPriorityFeePerGas,
  });
  return { nonce, hash: keccak256(serialized), serialized };
}
