import { createCaptures } from "@joulemint/ledger/captures";
import { createHolds } from "@joulemint/ledger/holds";
import type { Ledger } from "@joulemint/ledger/Ledger";
import { testCall } from "@joulemint/ledger/testing/testCall";
import { testLease } from "@joulemint/ledger/testing/testLease";
import type { Domain } from "@joulemint/protocol/Domain";
import { newEventId } from "@joulemint/protocol/eventId";
import { testDollarAbi } from "@joulemint/protocol/generated/testDollar";
import { type Offering, offeringId } from "@joulemint/protocol/Offering";
import type { Receipt } from "@joulemint/protocol/Receipt";
import { type Address, createTestClient, type Hex, http, keccak256, parseEther, stringToHex } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { type ChainClient, chainClient } from "../chainClient.ts";
import { deployLocal } from "../deployLocal.ts";
import { type LocalChain, type LocalChainOptions, startLocalChain } from "../localChain.ts";
import { registerOffering } from "../registerOffering.ts";
import { createWallet, type Wallet } from "../Wallet.ts";

/** A local chain with the contracts, a model of two shareholders, and one offering of it. */
export interface ExampleFactory {
  readonly chain: LocalChain;
  readonly client: ChainClient;
  readonly test: ReturnType<typeof testClient>;
  readonly domain: Domain;
  readonly offering: Offering;
  readonly id: Hex;
  readonly operator: Wallet;
  readonly consumer: Wallet;
  readonly holders: readonly [Address, Address];
  readonly metering: ReturnType<typeof newAccount>;
  readonly receiptKey: Address;
  /** With gas money, and with test dollars. */
  fundedWallet(): Promise<Wallet>;
  /** Back to a snapshot of the chain. */
  revert(snapshot: Hex): Promise<void>;
  /** Replaces the newest blocks by as many others, which are empty. Their transactions are gone from the pool, too. */
  reorg(depth: number): Promise<void>;
  /** Takes the newest blocks away, and their transactions. Below a snapshot's block it breaks the snapshot. */
  rollback(depth: number): Promise<void>;
  /** The transactions above a block, signed and in order. Gives the way to have them mined again. */
  recordAbove(block: bigint): Promise<() => Promise<void>>;
}

export const newAccount = () => privateKeyToAccount(generatePrivateKey());

function testClient(rpc: string) {
  return createTestClient({ mode: "anvil", transport: http(rpc) });
}

export async function startExampleFactory(options: LocalChainOptions = {}): Promise<ExampleFactory> {
  const chain = await startLocalChain(options);
  const client = chainClient(chain.rpc, chain.chainId);
  const test = testClient(chain.rpc);
  const anvil = (method: string, ...params: unknown[]): Promise<unknown> =>
    test.request({ method, params } as unknown as Parameters<typeof test.request>[0]);
  const funded = async () => {
    const account = newAccount();
    await test.setBalance({ address: account.address, value: parseEther("100") });
    return createWallet(account, chain.rpc, chain.chainId);
  };
  const operator = await funded();
  const holders = [newAccount().address, newAccount().address] as const;
  const shares = holders.map((holder, index) => ({ holder, amount: BigInt(index + 1) * 1_000_000n }));
  const { credits, model, paymentToken } = await deployLocal(client, operator, {
    name: "Example model",
    symbol: "EXM",
    owner: operator.account.address,
    holders: shares,
  });
  const domain = { chainId: chain.chainId, credits };
  const offering: Offering = {
    model,
    kind: keccak256(stringToHex("inference")),
    termsHash: keccak256(stringToHex("terms")),
    tier: "realtime",
    paymentToken,
    // An odd price, so that roundings show.
    pricePerMillion: 1_234_567_891n,
    rateCardHash: keccak256(stringToHex("rate card")),
    holdersBps: 3333,
    treasuryBps: 777,
    treasury: newAccount().address,
    operator: operator.account.address,
    sellUntil: 4_000_000_000n,
    exitDelay: 3600,
    expiresAt: 0n,
    transferable: true,
  };
  await registerOffering(operator, operator.account, offering, domain);
  const fundedWallet = async () => {
    const wallet = await funded();
    const args = [wallet.account.address, 10n ** 12n] as const;
    await wallet.call(paymentToken, { abi: testDollarAbi, functionName: "mint", args });
    return wallet;
  };
  return {
    chain,
    client,
    test,
    domain,
    offering,
    id: offeringId(offering),
    operator,
    consumer: await fundedWallet(),
    holders,
    metering: newAccount(),
    receiptKey: newAccount().address,
    fundedWallet,
    async revert(snapshot) {
      await test.revert({ id: snapshot });
      // Nonces begin again, and what waits would take the place of what comes.
      await anvil("anvil_dropAllTransactions");
    },
    async reorg(depth) {
      // Empty blocks of the same second would be the same blocks again.
      await anvil("anvil_setCoinbase", newAccount().address);
      await anvil("anvil_reorg", depth, []);
    },
    async rollback(depth) {
      await anvil("anvil_rollback", depth);
    },
    async recordAbove(block) {
      const sent: unknown[] = [];
      const latest = await client.getBlockNumber({ cacheTime: 0 });
      for (let number = block + 1n; number <= latest; number++) {
        const { transactions } = await client.getBlock({ blockNumber: number });
        for (const hash of transactions) sent.push(await anvil("eth_getRawTransactionByHash", hash));
      }
      return async () => {
        for (const serializedTransaction of sent) {
          const hash = await client.sendRawTransaction({ serializedTransaction: serializedTransaction as Hex });
          await client.waitForTransactionReceipt({ hash });
        }
      };
    },
  };
}

/** One call of a session that is charged, as a gateway would meter it. */
export async function meterCall(
  ledger: Ledger,
  { receiptKey }: Pick<ExampleFactory, "receiptKey">,
  { session, charge }: { readonly session: Hex; readonly charge: bigint },
): Promise<Receipt> {
  const id = newEventId();
  await createHolds(ledger, { lease: await testLease(ledger) }).place({ id, session, amount: charge, ttlMs: 60_000 });
  return createCaptures(ledger, { receiptKey }).capture(testCall(id, charge));
}
