import { failure } from "@joulemint/ledger/testing/failure";
import { pad } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buy } from "./buy.ts";
import { buyAndOpen } from "./buyAndOpen.ts";
import { close } from "./close.ts";
import { redeem } from "./redeem.ts";
import { type ExampleFactory, newAccount, startExampleFactory } from "./testing/exampleFactory.ts";
import { createWallet } from "./Wallet.ts";

describe("a wallet", () => {
  let factory: ExampleFactory;

  beforeAll(async () => {
    factory = await startExampleFactory();
  }, 60_000);
  afterAll(() => factory.chain.close());

  it("names the contract's own reason when a transaction is refused", async () => {
    const { consumer, domain, offering, metering } = factory;
    const signer = metering.address;
    const refused = async (transaction: Promise<unknown>) => {
      const { code, reason } = (await failure(transaction)) ?? {};
      return { code, reason };
    };
    const code = "TRANSACTION_FAILED";
    expect(await refused(redeem(consumer, domain, offering, { credits: 5n }))).toEqual({
      code,
      reason: `ERC1155InsufficientBalance(${consumer.account.address}, 0, 5, ${BigInt(factory.id)})`,
    });
    expect(await refused(buy(consumer, domain, { ...offering, exitDelay: 7200 }, { credits: 5n }))).toEqual({
      code,
      reason: expect.stringMatching(/^Credits_UnknownOffering\(0x/),
    });
    const { session, salt } = await buyAndOpen(consumer, domain, offering, { signer, credits: 5n });
    expect(await refused(close(consumer, domain, offering, { signer, salt }))).toEqual({
      code,
      reason: `Credits_CloseNotRequested(${session})`,
    });
  });

  it("says so when it cannot pay for gas", async () => {
    const poor = createWallet(newAccount(), factory.chain.rpc, factory.chain.chainId);
    expect(await failure(poor.send({ to: pad("0x01", { size: 20 }), data: "0x" }))).toMatchObject({
      code: "TRANSACTION_FAILED",
      reason: expect.stringMatching(/insufficient funds/i),
    });
  });
});
