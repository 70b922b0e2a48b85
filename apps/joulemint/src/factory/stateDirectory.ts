import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { lockDirectory, lockHolder } from "@joulemint/ledger/lockDirectory";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Address } from "viem";
import type { UpstreamAddress } from "./Upstream.ts";

/** What a running factory tells the commands and the gateways that look for it. */
export interface RunningFactory {
  readonly pid: number;
  readonly url: string;
  readonly graphql: string;
  readonly rpc: string;
  readonly chainId: number;
  readonly credits: Address;
  readonly model: string;
  readonly upstream: UpstreamAddress;
}

/** The one folder that holds everything a factory must remember: keys, ledger, local chain. */
export interface StateDirectory {
  readonly path: string;
  readonly ledger: string;
  readonly chain: string;
  readonly keyring: string;
  /** Session and API key of the demo wallet. */
  readonly demo: string;
  /** Marks the folder as in use. Fails with STATE_IN_USE while another living process has it. */
  claim(): void;
  announce(factory: RunningFactory): void;
  /** The factory that runs from this folder, or FACTORY_NOT_RUNNING. */
  running(): RunningFactory;
  release(): void;
}

export function stateDirectory(path: string): StateDirectory {
  const root = resolve(path);
  const owner = join(root, "owner.lock");
  const announcement = join(root, "factory.json");

  let unlock: (() => void) | null = null;

  return {
    path: root,
    ledger: join(root, "ledger"),
    chain: join(root, "chain.json"),
    keyring: join(root, "keyring.json"),
    demo: join(root, "demo.json"),
    claim() {
      mkdirSync(root, { recursive: true });
      unlock = lockDirectory(root, owner);
      rmSync(announcement, { force: true });
    },
    announce(factory) {
      writeAtomically(announcement, `${JSON.stringify(factory, null, 2)}\n`);
    },
    running() {
      const text = lockHolder(owner) === null ? null : readIfThere(announcement);
      if (text === null) throw new JoulemintError("FACTORY_NOT_RUNNING", { directory: root });
      return JSON.parse(text) as RunningFactory;
    },
    release() {
      if (unlock === null) return;
      rmSync(announcement, { force: true });
      unlock();
      unlock = null;
    },
  };
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function writeAtomically(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
