import { failure } from "@joulemint/ledger/testing/failure";
import { addresses } from "@joulemint/protocol/generated/addresses";
import { testDollarAbi, testDollarBytecode } from "@joulemint/protocol/generated/testDollar";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create2 } from "./create2.ts";
import { type ExampleFactory, startExampleFactory } from "./testing/exampleFactory.ts";

describe("create2", () => {
  let factory: ExampleFactory;

  beforeAll(async () => {
    factory = await startExampleFactory();
  }, 60_000);
  afterAll(() => factory.chain.close());

  it("puts the credits where every chain has them", () => {
    expect(factory.domain.credits).toBe(addresses.credits.toLowerCase());
  });

  it("says so where there is no deployer", async () => {
    await factory.test.setCode({ address: addresses.create2Deployer, bytecode: "0x" });
    const contract = { abi: testDollarAbi, bytecode: `${testDollarBytecode}00` as const };
    expect(await failure(create2(factory.client, factory.consumer, contract))).toMatchObject({
      code: "TRANSACTION_FAILED",
      reason: "this chain has no CREATE2 deployer",
    });
  });
});
