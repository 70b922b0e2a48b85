import { rateCard } from "@joulemint/economics/RateCard";
import { newEventId } from "@joulemint/protocol/eventId";
import { merkleTree } from "@joulemint/protocol/merkle";
import { receiptHash } from "@joulemint/protocol/receiptHash";
import { parseSignedReceipt, serializeSignedReceipt } from "@joulemint/protocol/SignedReceipt";
import { expect, it } from "vitest";
import { createCaptures } from "./captures.ts";
import { createHolds } from "./holds.ts";
import type { Ledger } from "./Ledger.ts";
import { attachSignatures, readSignedReceipt, unsignedReceipts } from "./receipts.ts";
import { eachLedger } from "./testing/eachLedger.ts";
import { failure } from "./testing/failure.ts";
import { openTestSession } from "./testing/openTestSession.ts";
import { testCall } from "./testing/testCall.ts";
import { randomAddress } from "./testing/testHex.ts";
import { testLease } from "./testing/testLease.ts";

const domain = { chainId: 31337, credits: randomAddress() };
const receiptKey = randomAddress();

async function receiptOf(ledger: Ledger, session: string) {
  const id = newEventId();
  await createHolds(ledger, { lease: await testLease(ledger) }).place({ id, session, amount: 10n, ttlMs: 60_000 });
  return createCaptures(ledger, { receiptKey }).capture(testCall(id, 5n, { flags: ["z", "a"] }));
}

eachLedger("receipts", (subject) => {
  it("are pending until their batch is signed, and then a whole document", async () => {
    const card = rateCard({ input: 1n, output: 2n });
    const { session } = await openTestSession(subject.ledger, { credits: 100n, rateCard: card });
    const receipts = [await receiptOf(subject.ledger, session), await receiptOf(subject.ledger, session)];
    const [first] = receipts.map(({ id }) => id) as [string, string];
    const unsigned = await unsignedReceipts(subject.ledger, receiptKey, 10);
    expect(unsigned).toEqual(receipts.map((receipt) => ({ id: receipt.id, hash: receiptHash(receipt) })));
    expect(await unsignedReceipts(subject.ledger, receiptKey, 1)).toEqual(unsigned.slice(0, 1));
    expect(await unsignedReceipts(subject.ledger, randomAddress(), 10)).toEqual([]);
    expect(await failure(readSignedReceipt(subject.ledger, first, domain))).toEqual({
      code: "RECEIPT_PENDING",
      receipt: first,
    });

    const { root, proofs } = merkleTree(unsigned.map(({ hash }) => hash));
    const signature = `0x${"ab".repeat(65)}` as const;
    const entries = unsigned.map(({ id }, index) => ({ id, proof: proofs[index] ?? [] }));
    await attachSignatures(subject.ledger, { root, signature, entries });
    expect(await unsignedReceipts(subject.ledger, receiptKey, 10)).toEqual([]);
    const document = await readSignedReceipt(subject.ledger, first.toUpperCase(), domain);
    expect(document).toMatchObject({ domain, receipt: receipts[0], rateCard: card, root, signature, proof: proofs[0] });
    expect(parseSignedReceipt(serializeSignedReceipt(document))).toEqual(document);

    await attachSignatures(subject.ledger, { root, signature: `0x${"cd".repeat(65)}`, entries });
    expect((await readSignedReceipt(subject.ledger, first, domain)).signature).toBe(signature);
  });

  it("are pending while the call runs, and never come for one that ends without a charge", async () => {
    const { session } = await openTestSession(subject.ledger, { credits: 100n });
    const holds = createHolds(subject.ledger, { lease: await testLease(subject.ledger) });
    const [open, voided, expired] = [newEventId(), newEventId(), newEventId()];
    const place = (id: string, ttlMs: number) => holds.place({ id, session, amount: 10n, ttlMs });
    await Promise.all([place(open, 60_000), place(voided, 60_000), place(expired, 0)]);
    await holds.void(voided);
    await holds.sweep();
    const answers = await Promise.all(
      [open, voided, expired].map((id) => failure(readSignedReceipt(subject.ledger, id, domain))),
    );
    expect(answers).toEqual([
      { code: "RECEIPT_PENDING", receipt: open },
      { code: "CALL_NOT_CHARGED", receipt: voided, state: "voided" },
      { code: "CALL_NOT_CHARGED", receipt: expired, state: "expired" },
    ]);
  });

  it.each([newEventId(), "no uuid"])("answers RECEIPT_NOT_FOUND for %s", async (receipt) => {
    const answer = await failure(readSignedReceipt(subject.ledger, receipt, domain));
    expect(answer).toEqual({ code: "RECEIPT_NOT_FOUND", receipt });
  });
});
