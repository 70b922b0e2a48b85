import { type ChainClient, chainClient } from "@joulemint/chain/chainClient";
import { deployLocal } from "@joulemint/chain/deployLocal";
import { startLocalChain } from "@joulemint/chain/localChain";
import { registerOffering } from "@joulemint/chain/registerOffering";
import type { Domain } from "@joulemint/protocol/Domain";
import { testDollarAbi } from "@joulemint/protocol/generated/testDollar";
import {
  type Address,
  createPublicClient,
  createTestClient,
  http,
  maxUint256,
  type PublicClient,
  parseEther,
  type TestClient,
} from "viem";
import { Books } from "../books/Books.ts";
import { OfferingBook } from "../books/OfferingBook.ts";
import { SharesBook } from "../books/SharesBook.ts";
import { marketOfferings } from "./offerings.ts";
import { makeParties, PARTIES, type Parties } from "./Party.ts";

/** A chain of its own with contracts, models, offerings and people with money, and the books of all that. */
export interface Market {
  readonly client: ChainClient;
  /** Sends reads together, for those who read a lot. */
  readonly reader: PublicClient;
  /** Moves the chain's clock. */
  readonly clock: TestClient;
  readonly domain: Domain;
  readonly paymentToken: Address;
  readonly parties: Parties;
  readonly books: Books;
  close(): Promise<void>;
}

const lower = (address: Address) => address.toLowerCase() as Address;

export async function startMarket(seed: number): Promise<Market> {
  const chain = await startLocalChain();
  const client = chainClient(chain.rpc, chain.chainId);
  const reader = createPublicClient({ transport: http(chain.rpc, { batch: { batchSize: 200 } }) });
  const clock = createTestClient({ mode: "anvil", transport: http(chain.rpc) });
  const parties = makeParties(seed, chain.rpc, chain.chainId);
  for (const name of PARTIES) {
    await clock.setBalance({ address: parties[name].address, value: parseEther("1000") });
  }

  const { modelOwner, holder1, holder2, holder3, alice } = parties;
  const deployModel = async (name: string, held: readonly (readonly [Address, bigint])[]) => {
    const holders = held.map(([holder, amount]) => ({ holder, amount }));
    const shares = { name, symbol: name, owner: modelOwner.address, holders };
    const deployed = await deployLocal(client, modelOwner.wallet, shares);
    return { ...deployed, book: new SharesBook(lower(deployed.model), holders) };
  };
  const first = await deployModel("ONE", [
    [holder1.address, 333_333_333_333n],
    [holder2.address, 500_000_000_001n],
    [holder3.address, 7n],
  ]);
  // Seven indivisible shares: whoever sells one moves a large part of the revenue.
  const second = await deployModel("TWO", [
    [holder1.address, 3n],
    [holder3.address, 3n],
    [alice.address, 1n],
  ]);

  const domain: Domain = { chainId: chain.chainId, credits: lower(first.credits) };
  const paymentToken = lower(first.paymentToken);
  const books = new Books(domain.credits);
  books.shares.push(first.book, second.book);
  const { timestamp } = await client.getBlock();
  const models = [first.book.model, second.book.model] as const;
  for (const { modelName, rateCard, terms } of marketOfferings(parties, { paymentToken, models, now: timestamp })) {
    const operator = terms.operator === parties.operator1.address ? parties.operator1 : parties.operator2;
    const id = await registerOffering(modelOwner.wallet, operator.wallet.account, terms, domain);
    const shares = terms.model === first.book.model ? first.book : second.book;
    books.offerings.push(new OfferingBook({ id, terms, modelName, rateCard, shares }));
  }

  const token = { abi: testDollarAbi } as const;
  for (const party of Object.values(parties)) {
    const amount = party.name === "pauper" ? 2_000n : 10_000_000_000n;
    await party.wallet.call(paymentToken, { ...token, functionName: "mint", args: [party.address, amount] });
    await party.wallet.call(paymentToken, { ...token, functionName: "approve", args: [domain.credits, maxUint256] });
    books.dollars.set(party.address, amount);
  }
  return { client, reader, clock, domain, paymentToken, parties, books, close: () => chain.close() };
}
