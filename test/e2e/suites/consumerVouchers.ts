import { chat } from "@joulemint/app/client/chat";
import { untilSettled } from "@joulemint/app/client/followReceipt";
import { fund } from "@joulemint/app/client/fund";
import { type OpenedSession, openSession } from "@joulemint/app/client/openSession";
import { millicredits } from "@joulemint/economics/units";
import { signVoucher } from "@joulemint/protocol/Voucher";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { beforeAll, describe, expect, it } from "vitest";
import type { FactoryProcess } from "../../harness/startFactoryProcess.ts";

export function consumerVouchers(running: () => FactoryProcess): void {
  describe("a consumer who signs its own vouchers", () => {
    const owner = privateKeyToAccount(generatePrivateKey());
    const signer = privateKeyToAccount(generatePrivateKey());
    let factory: FactoryProcess;
    let session: OpenedSession;

    beforeAll(async () => {
      factory = running();
      await fund(factory.client, owner, 10_000_000n);
      session = await openSession(factory.client, owner, millicredits(100_000_000n), signer.address);
    });

    const call = () =>
      chat(factory.url, session.apiKey, {
        model: factory.model,
        messages: [{ role: "user", content: "One call, one voucher." }],
        max_tokens: 30,
      });

    const due = async () => {
      const response = await fetch(`${factory.url}/sessions/${session.session}/voucher`);
      return (await response.json()) as {
        message: { session: `0x${string}`; cumulative: string; receiptsHead: `0x${string}` };
      };
    };

    const post = (cumulative: string, receiptsHead: string, signature: string) =>
      fetch(`${factory.url}/sessions/${session.session}/voucher`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ cumulative, receiptsHead, signature }),
      });

    it("is served one call beyond its last voucher, stopped by VOUCHER_REQUIRED, and goes on once it signs", async () => {
      const first = await call();
      await expect(call()).rejects.toMatchObject({ details: { code: "VOUCHER_REQUIRED" } });

      const { message } = await due();
      const voucher = { ...message, cumulative: BigInt(message.cumulative) };
      expect(voucher.cumulative).toBeGreaterThan(0n);

      const stranger = privateKeyToAccount(generatePrivateKey());
      const forged = await signVoucher(voucher, stranger, factory.client.domain);
      const refused = await post(message.cumulative, message.receiptsHead, forged);
      expect(await refused.json()).toMatchObject({ error: { code: "VOUCHER_INVALID" } });
      await expect(call()).rejects.toMatchObject({ details: { code: "VOUCHER_REQUIRED" } });

      const signature = await signVoucher(voucher, signer, factory.client.domain);
      expect((await post(message.cumulative, message.receiptsHead, signature)).status).toBe(200);
      await call();
      await expect(call()).rejects.toMatchObject({ details: { code: "VOUCHER_REQUIRED" } });

      // Only what the consumer signed is settled: the first call is, the second waits for its voucher.
      await untilSettled(factory.client, first.receiptId);
      const { session: settled } = await factory.client.query<{ session: { used: { raw: string } } }>(
        "query ($id: ID!) { session(id: $id) { used { raw } } }",
        { id: session.session },
      );
      expect(BigInt(settled.used.raw)).toBe(voucher.cumulative);
    });
  });
}
