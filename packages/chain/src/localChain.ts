import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { anvilRpc } from "./anvil/anvilRpc.ts";
import { anvilEnd, endAnvil, findAnvil, forgetAnvil, isAnswering, type LivingAnvil } from "./anvil/livingAnvil.ts";
import { keepSaved, saveState } from "./anvil/savedState.ts";
import { clearCache, spawnAnvil } from "./anvil/spawnAnvil.ts";

export interface LocalChainOptions {
  /** Loopback port; a free one when absent. */
  port?: number;
  chainId?: number;
  /** File that keeps the chain across starts. Without it the chain is forgotten. */
  stateFile?: string;
}

/** A chain of our own on loopback: anvil, in a process of its own. */
export interface LocalChain {
  readonly rpc: string;
  readonly chainId: number;
  readonly pid: number;
  /** Resolves when the process has ended, for whatever reason, `close` included. */
  readonly exited: Promise<void>;
  /** Writes the state file, ends the process, and waits until it has. */
  close(): Promise<void>;
}

/**
 * Starts a chain with a block for every transaction. With a state file it outlives its starter, if that is killed: the next
 * start goes on with the same process, so that nothing is lost and whoever knows its address can stay. A chain that is
 * killed itself starts again with what it was about a second before.
 *
 * CHAIN_UNAVAILABLE { rpc } if it does not answer.
 */
export async function startLocalChain(options: LocalChainOptions = {}): Promise<LocalChain> {
  const { port, chainId = 31_337, stateFile } = options;
  if (stateFile === undefined) {
    const { kill, exited, ...anvil } = await spawnAnvil({ port, chainId, stateFile });
    const close = () => {
      kill();
      return exited;
    };
    return { ...anvil, exited, close };
  }
  mkdirSync(dirname(stateFile), { recursive: true });
  const living = findAnvil(stateFile);
  if (living !== null && (await isAnswering(living))) {
    const wanted = living.chainId === chainId && (port === undefined || new URL(living.rpc).port === String(port));
    if (wanted) return keptChain({ ...living, exited: anvilEnd(living.pid, stateFile) }, stateFile);
    await settleDown(living, stateFile);
  }
  if (living !== null) await endAnvil(living.pid, stateFile);
  clearCache(stateFile);
  return keptChain(await spawnAnvil({ port, chainId, stateFile }), stateFile);
}

async function keptChain(anvil: LivingAnvil & { exited: Promise<void> }, stateFile: string): Promise<LocalChain> {
  const { pid, rpc, chainId, exited } = anvil;
  // Its starter may have ended in the middle of closing it.
  await anvilRpc(rpc, "evm_setAutomine", [true]);
  const closing = new AbortController();
  const saving = keepSaved(rpc, stateFile, closing.signal);
  void exited.then(() => closing.abort());
  return {
    pid,
    rpc,
    chainId,
    exited,
    async close() {
      closing.abort();
      await saving;
      // One that does not answer any more has left what was saved last.
      await settleDown(anvil, stateFile).catch(() => {});
      await endAnvil(pid, stateFile);
      await exited;
      forgetAnvil(stateFile);
      clearCache(stateFile);
    },
  };
}

/** Saves all of a chain, which mines nothing after that. */
async function settleDown({ rpc }: LivingAnvil, stateFile: string): Promise<void> {
  await anvilRpc(rpc, "evm_setAutomine", [false]);
  // States of earlier blocks are dear: of a chain that is too long for them, the blocks have to do.
  await saveState(rpc, stateFile, { history: true }).catch(() => saveState(rpc, stateFile, { history: false }));
}
