import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";

/** What a running factory tells the commands that look for it. */
export interface RunningFactory {
  pid: number;
  url: string;
  graphql: string;
  rpc: string;
  model: string;
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
  const owner = join(root, "owner.pid");
  const announcement = join(root, "factory.json");

  const livingOwner = (): number | null => {
    const pid = Number(readIfThere(owner) ?? Number.NaN);
    return Number.isInteger(pid) && isAlive(pid) ? pid : null;
  };

  return {
    path: root,
    ledger: join(root, "ledger"),
    chain: join(root, "chain.json"),
    keyring: join(root, "keyring.json"),
    demo: join(root, "demo.json"),
    claim() {
      mkdirSync(root, { recursive: true });
      const pid = livingOwner();
      if (pid !== null && pid !== process.pid) throw new JoulemintError("STATE_IN_USE", { directory: root, pid });
      writeAtomically(owner, String(process.pid));
      rmSync(announcement, { force: true });
    },
    announce(factory) {
      writeAtomically(announcement, `${JSON.stringify(factory, null, 2)}\n`);
    },
    running() {
      const text = livingOwner() === null ? null : readIfThere(announcement);
      if (text === null) throw new JoulemintError("FACTORY_NOT_RUNNING", { directory: root });
      return JSON.parse(text) as RunningFactory;
    },
    release() {
      rmSync(announcement, { force: true });
      rmSync(owner, { force: true });
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

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function writeAtomically(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
