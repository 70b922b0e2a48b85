import { chainClient, describeChain } from "@joulemint/chain/chainClient";
import { create2 } from "@joulemint/chain/create2";
import { type LocalChain, startLocalChain } from "@joulemint/chain/localChain";
import { createWallet } from "@joulemint/chain/Wallet";
import { singletons } from "@joulemint/contracts/deployment/singletons";
import { addresses } from "@joulemint/protocol/generated/addresses";
import { claimsAbi } from "@joulemint/protocol/generated/claims";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { crowdfundAbi } from "@joulemint/protocol/generated/crowdfund";
import { modelRegistryAbi } from "@joulemint/protocol/generated/modelRegistry";
import { operatorBondAbi } from "@joulemint/protocol/generated/operatorBond";
import { shareVaultAbi } from "@joulemint/protocol/generated/shareVault";
import { testDollarAbi, testDollarBytecode } from "@joulemint/protocol/generated/testDollar";
import { type Address, createTestClient, createWalletClient, type Hex, http, maxUint256 } from "viem";
import { type LocalAccount, mnemonicToAccount } from "viem/accounts";

/** Of the ten accounts that anvil gives gas money. */
const PHRASE = "test test test test test test test test test test test junk";

const CONTRACTS = {
  credits: { address: addresses.credits, abi: creditsAbi },
  claims: { address: addresses.claims, abi: claimsAbi },
  registry: { address: addresses.modelRegistry, abi: modelRegistryAbi },
  vault: { address: addresses.shareVault, abi: shareVaultAbi },
  crowdfund: { address: addresses.crowdfund, abi: crowdfundAbi },
  bond: { address: addresses.operatorBond, abi: operatorBondAbi },
} as const;

export type DeployedChain = Awaited<ReturnType<typeof startDeployedChain>>;
export type Person = ReturnType<typeof personWith>;

/** A local chain with every singleton and a test dollar, as the product deploys them, and people who use them. */
export async function startDeployedChain() {
  const chain = await startLocalChain();
  const { rpc, chainId } = chain;
  const client = chainClient(rpc, chainId);
  const time = createTestClient({ mode: "anvil", transport: http(rpc) });
  const deployer = createWallet(account(0), rpc, chainId);
  const send = ({ to, data }: { to: string; data: string }) => deployer.send({ to: to as Address, data: data as Hex });
  for (const step of singletons().steps) await send(step);
  const token = await create2(client, deployer, { abi: testDollarAbi, bytecode: testDollarBytecode });
  const dollar = { address: token, abi: testDollarAbi } as const;

  /** The dollars in these stories are minted, and never burned. */
  const mint = (to: Address, amount: bigint) =>
    deployer.call(token, { abi: testDollarAbi, functionName: "mint", args: [to, amount] });

  let people = 0;
  const names = new Map<string, string>();
  const name = (address: string, its: string) => names.set(address.toLowerCase(), its);
  for (const [its, { address }] of Object.entries(CONTRACTS)) name(address, its);

  return {
    rpc,
    chainId,
    client,
    domain: { chainId, credits: addresses.credits },
    ...CONTRACTS,
    dollar,
    close: (): ReturnType<LocalChain["close"]> => chain.close(),
    send,
    /** Gives an address the name by which books call it. */
    name,
    nameOf(address: Address): string {
      const known = names.get(address.toLowerCase());
      if (known === undefined) throw new Error(`Nobody knows who ${address} is`);
      return known;
    },
    /** Somebody with gas money: nine at most. */
    person(its: string) {
      const owner = account(++people);
      name(owner.address, its);
      return personWith(owner, rpc, chainId);
    },
    mint,
    /** Mints dollars for somebody who lets a contract take as many as it likes. */
    async fund(person: Person, amount: bigint, spender: Address) {
      await mint(person.account.address, amount);
      await person.writeContractSync({ ...dollar, functionName: "approve", args: [spender, maxUint256] });
    },
    /** Lets time pass. */
    async wait(seconds: number) {
      await time.increaseTime({ seconds });
      await time.mine({ blocks: 1 });
    },
    now: async () => (await client.getBlock()).timestamp,
  };
}

/** Whose every transaction is mined when it returns, and fails if that reverts: viem alone is silent about it. */
function personWith(account: LocalAccount, rpc: string, chainId: number) {
  const client = createWalletClient({ account, chain: describeChain(rpc, chainId), transport: http(rpc) });
  const strict = <Request>(request: Request): Request => ({ ...request, throwOnReceiptRevert: true });
  const sendTransactionSync: typeof client.sendTransactionSync = (request) =>
    client.sendTransactionSync(strict(request));
  const writeContractSync: typeof client.writeContractSync = (request) => client.writeContractSync(strict(request));
  return { ...client, sendTransactionSync, writeContractSync };
}

const account = (addressIndex: number): LocalAccount => mnemonicToAccount(PHRASE, { addressIndex });
