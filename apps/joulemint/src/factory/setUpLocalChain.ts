import { type ChainClient, chainClient } from "@joulemint/chain/chainClient";
import { deployLocal } from "@joulemint/chain/deployLocal";
import type { LocalChain } from "@joulemint/chain/localChain";
import { registerOffering } from "@joulemint/chain/registerOffering";
import { createWallet } from "@joulemint/chain/Wallet";
import type { Domain } from "@joulemint/protocol/Domain";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { type Offering, offeringId } from "@joulemint/protocol/Offering";
import type { Hex } from "viem";
import { giveGas } from "../client/giveGas.ts";
import type { Keyring } from "./keyring.ts";
import { localOffering } from "./localOffering.ts";

export interface LocalSetUp {
  readonly client: ChainClient;
  readonly domain: Domain;
  readonly offering: Offering;
  readonly offeringId: Hex;
}

/** Shares of the local model, with six decimals: half, three tenths and a fifth of a million. */
const shareAmounts = [500_000_000_000n, 300_000_000_000n, 200_000_000_000n];

/** Contracts of a local factory, and the shares and the offering of the model that it serves. Whatever is there from an earlier start stays as it is. */
export async function setUpLocalChain(chain: LocalChain, keyring: Keyring, modelName: string): Promise<LocalSetUp> {
  const client = chainClient(chain.rpc, chain.chainId);
  const { modelOwner, operator, treasury, settler, holder1, holder2, holder3 } = keyring;
  await giveGas(
    chain.rpc,
    [modelOwner, operator, treasury, settler, holder1, holder2, holder3].map(({ address }) => address),
  );
  const wallet = createWallet(modelOwner, chain.rpc, chain.chainId);
  const { credits, paymentToken, model } = await deployLocal(client, wallet, {
    name: modelName,
    symbol: "JMS",
    owner: modelOwner.address,
    holders: [holder1, holder2, holder3].map(({ address }, i) => ({ holder: address, amount: shareAmounts[i] ?? 0n })),
  });
  const domain: Domain = { chainId: chain.chainId, credits };
  const offering = localOffering({
    modelName,
    model,
    paymentToken,
    treasury: treasury.address,
    operator: operator.address,
  });
  const id = offeringId(offering);
  if (!(await isRegistered(client, domain, id))) await registerOffering(wallet, operator, offering, domain);
  return { client, domain, offering, offeringId: id };
}

async function isRegistered(client: ChainClient, { credits }: Domain, id: Hex): Promise<boolean> {
  const logs = await client.getContractEvents({
    address: credits,
    abi: creditsAbi,
    eventName: "OfferingRegistered",
    args: { offering: id },
    fromBlock: 0n,
  });
  return logs.length > 0;
}
