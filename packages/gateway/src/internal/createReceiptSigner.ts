import type { Ledger } from "@joulemint/ledger/Ledger";
import { attachSignatures, unsignedReceipts } from "@joulemint/ledger/receipts";
import type { Domain } from "@joulemint/protocol/Domain";
import { signReceiptBatch } from "@joulemint/protocol/receiptBatch";
import type { LocalAccount } from "viem";
import type { Logger } from "../Logger.ts";

export interface ReceiptSigner {
  /** There may be something to sign. */
  kick(): void;
  /** Signs what is left, and stops. */
  close(): Promise<void>;
}

const BATCH = 256;
/** Receipts that come within this time share one signature. */
const GATHER_MS = 25;
const RETRY_MS = 1_000;

/**
 * Signs committed receipts behind the calls: one signature over the Merkle root of a batch. It starts with what an
 * earlier process left unsigned. A batch that fails is tried again; the receipts are pending until then.
 */
export function createReceiptSigner(options: {
  readonly ledger: Ledger;
  readonly account: LocalAccount;
  readonly domain: Domain;
  readonly logger: Logger;
}): ReceiptSigner {
  const { ledger, account, domain, logger } = options;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  let closed = false;

  const schedule = (ms: number): void => {
    if (closed) return;
    timer ??= setTimeout(() => {
      timer = null;
      running = running.then(signAll).catch((error: unknown) => {
        logger.error("Receipts could not be signed; it is tried again.", { error: String(error) });
        schedule(RETRY_MS);
      });
    }, ms);
  };

  const signAll = async (): Promise<void> => {
    for (;;) {
      const receipts = await unsignedReceipts(ledger, account.address, BATCH);
      if (receipts.length === 0) return;
      const hashes = receipts.map(({ hash }) => hash);
      const { root, signature, proofs } = await signReceiptBatch(hashes, account, domain);
      const entries = receipts.map(({ id }, index) => ({ id, proof: proofs[index] ?? [] }));
      await attachSignatures(ledger, { root, signature, entries });
      if (receipts.length < BATCH) return;
    }
  };

  schedule(0);
  return {
    kick: () => schedule(GATHER_MS),
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      await running;
      await signAll().catch((error: unknown) => {
        logger.error("Receipts are left unsigned; the next start signs them.", { error: String(error) });
      });
    },
  };
}
