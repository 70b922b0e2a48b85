import { type ChainClient, chainClient } from "@joulemint/chain/chainClient";
import { createWallet, type Wallet } from "@joulemint/chain/Wallet";
import type { Domain } from "@joulemint/protocol/Domain";
import type { LocalAccount } from "viem";
import { type FactoryCard, parseFactoryCard } from "../factory/FactoryCard.ts";
import { type Keyring, loadKeyring } from "../factory/keyring.ts";
import type { RunningFactory, StateDirectory } from "../factory/stateDirectory.ts";
import { graphql } from "./graphql.ts";

/** A running factory as its users see it: over HTTP and over the chain. */
export interface FactoryClient {
  readonly factory: RunningFactory;
  readonly card: FactoryCard;
  readonly domain: Domain;
  readonly keyring: Keyring;
  readonly reader: ChainClient;
  wallet(account: LocalAccount): Wallet;
  query<Data>(query: string, variables?: object): Promise<Data>;
}

/** Connects to the factory that runs from a state folder. FACTORY_NOT_RUNNING when none does. */
export async function connectFactory(state: StateDirectory): Promise<FactoryClient> {
  const factory = state.running();
  const response = await fetch(`${factory.url}/factory`);
  const card = parseFactoryCard(await response.text());
  return {
    factory,
    card,
    domain: { chainId: card.chainId, credits: card.credits },
    keyring: loadKeyring(state.keyring),
    reader: chainClient(card.rpc, card.chainId),
    wallet: (account) => createWallet(account, card.rpc, card.chainId),
    query: (query, variables) => graphql(factory.graphql, query, variables),
  };
}
