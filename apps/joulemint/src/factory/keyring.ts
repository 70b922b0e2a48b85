import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { isHex, size } from "viem";
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

/** Makes the keys of a new factory. The file is readable by its owner only. */
export function makeKeyring(path: string): void {
  const keys = Object.fromEntries(PARTIES.map((party) => [party, generatePrivateKey()]));
  writeFileSync(`${path}.new`, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** Loads the keys of a state folder. CONFIG_INVALID when the file is gone or damaged: other keys could settle nothing. */
export function loadKeyring(path: string): Keyring {
  const keys = existsSync(path) ? parse(readFileSync(path, "utf8")) : {};
  const missing = PARTIES.filter((party) => !isHex(keys[party]) || size(keys[party]) !== 32);
  if (missing.length > 0) {
    const expected =
      "the keys that this state folder was made with; put the file back, or start with a new --state DIR";
    throw new JoulemintError("CONFIG_INVALID", { setting: path, expected, missing: missing.join(", ") });
  }
  const accounts = PARTIES.map((party) => [party, privateKeyToAccount(keys[party] as `0x${string}`)]);
  return Object.fromEntries(accounts) as Record<Party, PrivateKeyAccount>;
}

function parse(text: string): Partial<Record<Party, unknown>> {
  try {
    return Object(JSON.parse(text)) as Partial<Record<Party, unknown>>;
  } catch {
    return {};
  }
}
