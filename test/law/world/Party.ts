import { type Address, keccak256, type LocalAccount, toHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";

/** Somebody with a key. */
export interface Party {
  readonly name: string;
  /** Lower-case, as the ledger and the books have it. */
  readonly address: Address;
  readonly account: LocalAccount;
}

const PARTIES = [
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

/** The key of a name. */
export function accountOf(name: string) {
  return privateKeyToAccount(keccak256(toHex(`law/${name}`)));
}

export function makeParties(): Parties {
  const parties = PARTIES.map((name): [PartyName, Party] => {
    const account = accountOf(name);
    return [name, { name, address: account.address.toLowerCase() as Address, account }];
  });
  return Object.fromEntries(parties) as Record<PartyName, Party>;
}
