import type { Receipt } from "@joulemint/protocol/Receipt";
import { captureAll } from "./internal/captureAll.ts";
import type { Hex } from "./internal/Hex.ts";
import { microBatch } from "./internal/microBatch.ts";
import { runBatch } from "./internal/runBatch.ts";
import type { Ledger } from "./Ledger.ts";

/** What a call used. Everything else on its receipt is the ledger's to say. */
export interface CapturedCall
  extends Omit<Receipt, "id" | "receiptKey" | "session" | "offering" | "sequence" | "previous" | "cumulative"> {
  readonly holdId: string;
}

export interface Captures {
  /**
   * Turns a hold into a charge and gives the receipt as committed. Sequence and predecessor are assigned inside the
   * transaction, so that parallel calls of one session form one chain. What the hold did not need goes back; what it did
   * not cover is taken from what is available. A charge beyond both is cut there and flagged `capped`.
   * Errors: HOLD_NOT_OPEN with the `state` it is in, GATEWAY_FENCED when the gateway that placed it has lost its lease: nobody
   * is charged for a hold that is to be given back. RECEIPT_INVALID for a value no receipt can hold, LEDGER_UNAVAILABLE.
   */
  capture(call: CapturedCall): Promise<Receipt>;
}

/** A batch stays below the limit of 65535 parameters of one statement. */
const BATCH_LIMIT = 500;

/** `receiptKey` is the key that will sign the receipts. */
export function createCaptures(
  ledger: Ledger,
  options: { readonly receiptKey: string; readonly windowMs?: number },
): Captures {
  const receiptKey = options.receiptKey.toLowerCase() as Hex;
  return {
    capture: microBatch<CapturedCall, Receipt>({
      windowMs: options.windowMs ?? 1,
      limit: BATCH_LIMIT,
      run: (calls) => runBatch(ledger, calls, (trx, items) => captureAll(trx, items, receiptKey)),
    }),
  };
}
