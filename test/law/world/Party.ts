import { createWallet, type Wallet } from "@joulemint/chain/Wallet";
import { type Address, keccak256, toHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";

/** Somebody with a key. */
export interface Party {
  readonly name: string;
  /** Lower-case, as the ledger and the books have it. */
  readonly address: Address;
  readonly wallet: Wallet;
}

export const PARTIES = [
  "modelOwner",
  "operator1",
  "operator2",
  "treasury1",
  "treasury2",
  "settler",
  "stranger",
  "alice",
  "bob",
  "carol",
  /** Has a few cents only, so that its purchases fail. */
  "pauper",
  "holder1",
  "holder2",
  "holder3",
] as const;
type PartyName = (typeof PARTIES)[number];
export type Parties = Readonly<Record<PartyName, Party>>;

/** The key of a name; the same for every run of a seed. */
export function accountOf(seed: number, name: string) {
  return privateKeyToAccount(keccak256(toHex(`${seed}/${name}`)));
}

export function makeParties(seed: number, rpc: string, chainId: number): Parties {
  const parties = PARTIES.map((name): [PartyName, Party] => {
    const wallet = createWallet(accountOf(seed, name), rpc, chainId);
    return [name, { name, address: wallet.account.address.toLowerCase() as Address, wallet }];
  });
  return Object.fromEntries(parties) as Record<PartyName, Party>;
}
