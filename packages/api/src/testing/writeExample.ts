import { createCaptures } from "@joulemint/ledger/captures";
import { applyBlocks } from "@joulemint/ledger/chain/applyBlocks";
import { markSeen } from "@joulemint/ledger/chain/markSeen";
import { example, exampleBatch, exampleHistory } from "@joulemint/ledger/chain/testing/exampleChain";
import { createHolds } from "@joulemint/ledger/holds";
import type { Ledger } from "@joulemint/ledger/Ledger";
import { attachSignatures } from "@joulemint/ledger/receipts";
import { testCall } from "@joulemint/ledger/testing/testCall";
import { testHash } from "@joulemint/ledger/testing/testHex";
import { testLease } from "@joulemint/ledger/testing/testLease";
import { newEventId } from "@joulemint/protocol/eventId";

export const exampleSignature = {
  root: testHash("root"),
  signature: testHash("signature"),
  proof: [testHash("sibling")],
};

/**
 * The example chain of the ledger's own tests up to block 13 (wallets are filled in 6, the session opens in 7, settles
 * in 9 and 11 and closes in 13), with two calls in the session after block 8, of 780 and 20 millicredits: 100 more than it
 * settles before it closes. Only the first receipt is signed. Gives the receipts' ids.
 */
export async function writeExample(ledger: Ledger): Promise<readonly [signed: string, unsigned: string]> {
  const { session, signer, operator } = example;
  const apply = (from: bigint, to: bigint) => {
    const blocks = exampleHistory.filter(({ number }) => number >= from && number <= to);
    return applyBlocks(ledger, exampleBatch(blocks), { meteringKey: signer });
  };
  await apply(1n, 8n);
  await markSeen(ledger, 8n);
  const holds = createHolds(ledger, { lease: await testLease(ledger), windowMs: 0 });
  const captures = createCaptures(ledger, { receiptKey: operator, windowMs: 0 });
  const call = async (charge: bigint) => {
    const id = newEventId();
    await holds.place({ id, session, amount: charge, ttlMs: 60_000 });
    await captures.capture(testCall(id, charge));
    return id;
  };
  const [signed, unsigned] = [await call(780n), await call(20n)];
  const { proof, ...batch } = exampleSignature;
  await attachSignatures(ledger, { ...batch, entries: [{ id: signed, proof }] });
  await apply(9n, 13n);
  return [signed, unsigned];
}

/** Says which blocks of the example the chain calls safe and finalized. */
export async function markExample(ledger: Ledger, marks: Record<"safe" | "finalized", bigint>): Promise<void> {
  const header = (wanted: bigint) => exampleHistory.find(({ number }) => number === wanted) ?? null;
  const finality = { safe: header(marks.safe), finalized: header(marks.finalized) };
  await applyBlocks(ledger, { blocks: [], models: [] }, { meteringKey: null, finality });
}
