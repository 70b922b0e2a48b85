import { receiptsToAnchor } from "@joulemint/ledger/chain/receiptsToAnchor";
import type { SettlementIntent } from "@joulemint/ledger/chain/settlementIntents";
import type { Ledger } from "@joulemint/ledger/Ledger";
import { newEventId } from "@joulemint/protocol/eventId";
import { merkleRoot } from "@joulemint/protocol/merkle";
import type { SignedVoucher } from "@joulemint/protocol/Voucher";
import { type Hex, type LocalAccount, zeroHash } from "viem";

/** What is to be sent, with the root of the receipts that it is the first to cover. */
export async function planSettlement(
  { ledger, account }: { readonly ledger: Ledger; readonly account: LocalAccount },
  offering: string,
  vouchers: readonly SignedVoucher[],
): Promise<Omit<SettlementIntent, "sent">> {
  const hashes = await receiptsToAnchor(
    ledger,
    account.address,
    vouchers.map(({ voucher }) => voucher),
  );
  const receiptsRoot = hashes.length > 0 ? merkleRoot(hashes) : zeroHash;
  return { id: newEventId(), offering: offering as Hex, vouchers, receiptsRoot };
}
