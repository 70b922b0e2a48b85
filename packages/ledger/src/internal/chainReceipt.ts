import { encodeReceipt } from "@joulemint/protocol/encodeReceipt";
import type { Receipt } from "@joulemint/protocol/Receipt";
import { receiptHash } from "@joulemint/protocol/receiptHash";
import type { CapturedCall } from "../captures.ts";
import type { Hex } from "./Hex.ts";
import type { LockedMeter } from "./lockMeters.ts";

export interface EncodedReceipt {
  readonly receipt: Receipt;
  readonly encoded: Hex;
  readonly hash: Hex;
}

interface Reserved {
  readonly id: string;
  readonly amount: bigint;
  readonly meter: LockedMeter;
  readonly receiptKey: Hex;
}

/** Makes the next receipt of a session's chain, and moves its meter on; a call that cannot be encoded moves nothing. */
export function chainReceipt(call: CapturedCall, { id, amount, meter, receiptKey }: Reserved): EncodedReceipt {
  const { holdId: _, charge: asked, flags, ...used } = call;
  const payable = amount + meter.available;
  const capped = asked > payable;
  const charge = capped ? payable : asked;
  const receipt: Receipt = {
    ...used,
    id,
    receiptKey,
    // Hex in the ledger by construction: the indexer writes what the chain says, `previous` is a hash of ours.
    session: meter.session as Hex,
    offering: meter.offering as Hex,
    sequence: meter.sequence + 1n,
    previous: meter.receipts_head as Hex,
    charge,
    cumulative: meter.charged + charge,
    flags: [...new Set(capped ? [...flags, "capped"] : flags)].sort(),
  };
  const encoded = encodeReceipt(receipt);
  const hash = receiptHash(encoded);
  meter.sequence = receipt.sequence;
  meter.receipts_head = hash;
  meter.charged = receipt.cumulative;
  meter.held -= amount;
  meter.available = payable - charge;
  return { receipt, encoded, hash };
}
