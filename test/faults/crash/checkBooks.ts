import { fetchReceipt } from "@joulemint/app/client/fetchReceipt";
import { until } from "@joulemint/app/client/until";
import { verifyReceipt } from "@joulemint/protocol/verifyReceipt";
import { expect } from "vitest";
import type { FactoryProcess } from "../../harness/startFactoryProcess.ts";
import { readBooks } from "../books/readBooks.ts";
import { readSettlements } from "../books/readSettlements.ts";

const sum = (amounts: readonly { readonly raw: string }[]) =>
  amounts.reduce((total, { raw }) => total + BigInt(raw), 0n);

/** What has to be true of a factory whose calls have ended and are settled, however often it was killed before. */
export async function checkBooks(factory: FactoryProcess, promised: readonly string[]): Promise<void> {
  const { client, url } = factory;
  // The holds of a gateway that died are given back when its lease is over, long before their own time is.
  await until(
    "the holds of the dead to be given back",
    async () => (await readBooks(client)).sessions.every(({ onHold }) => onHold.raw === "0"),
    { timeoutMs: 10_000 },
  );
  const books = await until("every receipt to be signed and settled", async () => {
    const read = await readBooks(client);
    return read.receipts.every(({ settlement, signed }) => settlement !== null && signed) ? read : null;
  });
  expect(books.reconciliation.difference).toBe("0");

  for (const session of books.sessions) {
    const receipts = books.receipts.filter(({ sessionId }) => sessionId === session.sessionId);
    const charged = sum(receipts.map(({ charge }) => charge));
    expect(session).toMatchObject({
      charged: { raw: String(charged) },
      used: { raw: String(charged) },
      available: { raw: String(BigInt(session.cap.raw) - charged) },
      onHold: { raw: "0" },
      sequence: String(receipts.length),
    });
  }
  for (const { receiptId } of books.receipts) {
    expect(await verifyReceipt(await fetchReceipt(url, receiptId))).toEqual({ ok: true });
  }
  const charged = new Set(books.receipts.map(({ receiptId }) => receiptId));
  for (const id of promised) {
    const response = await fetch(`${url}/receipts/${id}`);
    if (charged.has(id)) expect(response.status).toBe(200);
    else expect(await response.json()).toMatchObject({ error: { code: "CALL_NOT_CHARGED" } });
  }

  const settlements = await readSettlements(client);
  expect(settlements.reduce((total, { consumed }) => total + consumed, 0n)).toBe(
    sum(books.receipts.map(({ charge }) => charge)),
  );
  // A settlement that was sent twice would be an event that consumed nothing, or a transaction without an event.
  expect(settlements.filter(({ consumed }) => consumed === 0n)).toEqual([]);
  const sent = await client.reader.getTransactionCount({ address: client.keyring.settler.address });
  expect(settlements).toHaveLength(sent);
  expect(new Set(books.receipts.map(({ settlement }) => settlement?.transactionHash))).toEqual(
    new Set(settlements.map(({ transactionHash }) => transactionHash)),
  );
}
