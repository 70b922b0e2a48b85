import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";

/**
 * The parties of a local factory. Each has a key of its own, made on first start and kept in the state folder;
 * a production factory keeps the metering, receipt and operator keys in three places.
 */
export const PARTIES = [
  "modelOwner",
  "operator",
  "treasury",
  "metering",
  "receipt",
  "settler",
  "consumer",
  "holder1",
  "holder2",
  "holder3",
] as const;

export type Party = (typeof PARTIES)[number];
export type Keyring = Readonly<Record<Party, PrivateKeyAccount>>;

/** Loads the keys of a state folder, or makes them. The file is readable by its owner only. */
export function loadKeyring(path: string): Keyring {
  if (!existsSync(path)) {
    const keys = Object.fromEntries(PARTIES.map((party) => [party, generatePrivateKey()]));
    writeFileSync(path, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  }
  const keys = JSON.parse(readFileSync(path, "utf8")) as Record<Party, `0x${string}`>;
  return Object.fromEntries(PARTIES.map((party) => [party, privateKeyToAccount(keys[party])])) as Record<
    Party,
    PrivateKeyAccount
  >;
}
