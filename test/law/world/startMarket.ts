import { chainClient } from "@joulemint/chain/chainClient";
import { deployLocal } from "@joulemint/chain/deployLocal";
import { startLocalChain } from "@joulemint/chain/localChain";
import { registerOffering } from "@joulemint/chain/registerOffering";
import { createWallet } from "@joulemint/chain/Wallet";
import type { Domain } from "@joulemint/protocol/Domain";
import { testDollarAbi } from "@joulemint/protocol/generated/testDollar";
import { offeringId } from "@joulemint/protocol/Offering";
import {
  type Address,
  createPublicClient,
  custom,
  type EncodeFunctionDataParameters,
  encodeFunctionData,
  maxUint256,
  numberToHex,
  type PublicClient,
  parseEther,
} from "viem";
import { Books } from "../books/Books.ts";
import { OfferingBook } from "../books/OfferingBook.ts";
import { SharesBook } from "../books/SharesBook.ts";
import { connectRpc, type Rpc } from "../chain/connectRpc.ts";
import { TestChain } from "../chain/TestChain.ts";
import { marketOfferings } from "./offerings.ts";
import { makeParties, type Parties, type Party } from "./Party.ts";

/** A chain with contracts, models, offerings and people with money, to which every seed returns. */
export interface Market {
  readonly url: string;
  readonly rpc: Rpc;
  readonly chain: TestChain;
  /** For the checks, which read a lot. */
  readonly reader: PublicClient;
  readonly domain: Domain;
  readonly paymentToken: Address;
  readonly parties: Parties;
  /** The last block of the market's own. */
  readonly start: bigint;
  /** The books of that block. */
  openBooks(): Books;
  close(): Promise<void>;
}

interface Model {
  readonly name: string;
  readonly holders: readonly { readonly holder: Address; readonly amount: bigint }[];
}

export async function startMarket(): Promise<Market> {
  const local = await startLocalChain();
  const rpc = await connectRpc(local.rpc);
  const chain = new TestChain(rpc, local.chainId);
  const parties = makeParties();
  for (const { address } of Object.values(parties)) {
    await rpc.request("anvil_setBalance", [address, numberToHex(parseEther("1000"))]);
  }

  const { modelOwner, operator1, operator2 } = parties;
  const owner = createWallet(modelOwner.account, local.rpc, local.chainId);
  const models = marketModels(parties);
  const client = chainClient(local.rpc, local.chainId);
  const deployed: (Model & { readonly address: Address })[] = [];
  const token = { credits: "0x" as Address, paymentToken: "0x" as Address };
  for (const { name, holders } of models) {
    const shares = { name, symbol: name, owner: owner.account.address, holders };
    const { model, credits, paymentToken } = await deployLocal(client, owner, shares);
    Object.assign(token, { credits, paymentToken });
    deployed.push({ name, holders, address: model });
  }
  const { credits, paymentToken } = token;
  const domain: Domain = { chainId: local.chainId, credits };
  const { timestamp } = await chain.head();
  const [first, second] = deployed.map(({ address }) => address) as [Address, Address];
  const offerings = marketOfferings(parties, { paymentToken, models: [first, second], now: timestamp });
  for (const { terms } of offerings) {
    const operator = terms.operator === operator1.address ? operator1 : operator2;
    await registerOffering(owner, operator.account, terms, domain);
  }

  await rpc.request("anvil_setBlockTimestampInterval", [1]);
  const purse = ({ name }: Party) => (name === "pauper" ? 2_000n : 10_000_000_000n);
  for (const party of Object.values(parties)) {
    const call = async (functionName: string, args: readonly unknown[]) => {
      const data = encodeFunctionData({ abi: testDollarAbi, functionName, args } as EncodeFunctionDataParameters);
      await chain.send(await chain.sign(party.account, { to: paymentToken, data }));
    };
    await call("mint", [party.address, purse(party)]);
    await call("approve", [credits, maxUint256]);
  }
  const { number: start } = await chain.head();

  function openBooks(): Books {
    const books = new Books(credits);
    books.shares.push(...deployed.map(({ address, holders }) => new SharesBook(address, holders)));
    for (const { modelName, rateCard, terms } of offerings) {
      const shares = books.shares.find(({ model }) => model === terms.model);
      if (shares === undefined) throw new Error(`nobody owns ${terms.model}`);
      books.offerings.push(new OfferingBook({ id: offeringId(terms), terms, modelName, rateCard, shares }));
    }
    for (const party of Object.values(parties)) books.dollars.set(party.address, purse(party));
    return books;
  }

  async function close(): Promise<void> {
    rpc.close();
    await local.close();
  }

  const request = ({ method, params }: { method: string; params?: unknown }) =>
    rpc.request(method, params as readonly unknown[]);
  const reader = createPublicClient({ transport: custom({ request }) });
  return { url: local.rpc, rpc, chain, reader, domain, paymentToken, parties, start, openBooks, close };
}

function marketModels({ holder1, holder2, holder3, alice }: Parties): Model[] {
  const model = (name: string, ...shares: readonly (readonly [Party, bigint])[]) => ({
    name,
    holders: shares.map(([{ address }, amount]) => ({ holder: address, amount })),
  });
  return [
    model("ONE", [holder1, 333_333_333_333n], [holder2, 500_000_000_001n], [holder3, 7n]),
    // Seven indivisible shares: whoever sells one moves a large part of the revenue.
    model("TWO", [holder1, 3n], [holder3, 3n], [alice, 1n]),
  ];
}
