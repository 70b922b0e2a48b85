import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { anvilRpc } from "./anvilRpc.ts";

interface Block {
  readonly header: { readonly number: string | number; readonly timestamp: string | number };
}

/**
 * Writes what anvil needs to start again, whole or not at all: anvil itself writes over its file, and what is left of that
 * when it is killed is good for nothing. With `history`, states of earlier blocks are kept, too.
 */
export async function saveState(rpc: string, file: string, { history }: { readonly history: boolean }): Promise<void> {
  const dump = await anvilRpc<string>(rpc, "anvil_dumpState", [history]);
  const state = JSON.parse(gunzipSync(Buffer.from(dump.slice(2), "hex")).toString()) as { blocks: Block[] };
  const genesis = await anvilRpc<Block["header"]>(rpc, "eth_getBlockByNumber", ["0x0", false]);
  // An anvil that was started from a file also dumps the genesis that it made before it read the file; started from both,
  // it answers with either.
  const blocks = state.blocks.filter(({ header: { number, timestamp } }) => {
    return BigInt(number) !== 0n || BigInt(timestamp) === BigInt(genesis.timestamp);
  });
  writeWhole(file, JSON.stringify({ ...state, blocks }));
}

function writeWhole(file: string, text: string): void {
  const draft = `${file}.draft`;
  const handle = openSync(draft, "w");
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
}

/** Keeps the file up with the chain, about every second, until the signal; resolves when nothing is written any more. */
export async function keepSaved(rpc: string, file: string, signal: AbortSignal): Promise<void> {
  let saved: string | null = null;
  let pauseMs = 0;
  while (!signal.aborted) {
    try {
      const { hash } = await anvilRpc<{ hash: string }>(rpc, "eth_getBlockByNumber", ["latest", false]);
      const begun = performance.now();
      if (hash !== saved) await saveState(rpc, file, { history: false });
      saved = hash;
      // A long chain takes a while to write, and has other things to do.
      pauseMs = Math.max(1000, 20 * (performance.now() - begun));
    } catch {
      // Whoever owns the chain hears of its end otherwise, and the file is as good as before.
      pauseMs = 1000;
    }
    await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => {});
  }
}
