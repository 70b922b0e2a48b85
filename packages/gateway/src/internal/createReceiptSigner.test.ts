import type { Ledger } from "@joulemint/ledger/Ledger";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { completion } from "../testing/openAiAnswers.ts";
import { DOMAIN, openTestGateway, receiptAccount, type TestGateway } from "../testing/openTestGateway.ts";
import { createReceiptSigner } from "./createReceiptSigner.ts";

let test: TestGateway;
beforeAll(async () => {
  test = await openTestGateway();
}, 60_000);
afterAll(() => test.close(), 60_000);

describe("createReceiptSigner", () => {
  it("signs parallel calls in batches, each under one root, in one chain", async () => {
    const { apiKey, session } = await test.openSession({ credits: 1_000_000n });
    test.upstream.answer = (response) =>
      response.writeHead(200).end(completion("x", { prompt_tokens: 3, completion_tokens: 2 }));
    const answers = await Promise.all(Array.from({ length: 20 }, () => test.chat(apiKey, { max_tokens: 5 })));
    const receipts = await Promise.all(answers.map((answer) => test.receiptOf(answer)));
    expect(new Set(receipts.map(({ root }) => root)).size).toBeLessThan(20);
    const chain = receipts
      .map(({ receipt, hash }) => ({ ...receipt, hash }))
      .sort((a, b) => Number(a.sequence - b.sequence));
    for (const [index, receipt] of chain.entries()) {
      expect(receipt).toMatchObject({ session, sequence: BigInt(index + 1) });
      expect(receipt.previous).toBe(chain[index - 1]?.hash ?? `0x${"00".repeat(32)}`);
    }
  });

  it("tries again when the database fails, and says so", async () => {
    const errors: string[] = [];
    let failures = 1;
    const ledger: Ledger = {
      ...test.ledger,
      get db() {
        if (failures-- > 0) throw new Error("gone");
        return test.ledger.db;
      },
    };
    const logger = { info() {}, warn() {}, error: (message: string) => errors.push(message) };
    await test.ledger.db.updateTable("receipt").set({ signature: null, proof: null, batch_root: null }).execute();
    const signer = createReceiptSigner({ ledger, account: receiptAccount, domain: DOMAIN, logger });
    const unsigned = () => test.ledger.db.selectFrom("receipt").select("id").where("signature", "is", null).execute();
    await expect.poll(unsigned, { timeout: 5_000 }).toEqual([]);
    expect(errors).toHaveLength(1);
    await signer.close();
  });
});
