import { ethers } from "../chain.ts";

const EMPTY = ethers.ZeroHash;

interface Trace {
  readonly structLogs: readonly { readonly op: string; readonly stack?: readonly string[] }[];
}

/** Storage slots of `contracts` that were empty before a transaction and are not after it. */
export async function countNewSlots(transaction: string, contracts: readonly string[]): Promise<number> {
  const { provider } = ethers;
  const receipt = await provider.getTransactionReceipt(transaction);
  if (!receipt) throw new Error(`transaction ${transaction} is not mined`);
  const trace: Trace = await provider.send("debug_traceTransaction", [transaction]);
  const written = new Set(
    trace.structLogs.filter(({ op }) => op === "SSTORE").map(({ stack }) => ethers.toBeHex(stack?.at(-1) ?? 0, 32)),
  );

  let count = 0;
  for (const contract of contracts)
    for (const slot of written) {
      const [before, after] = await Promise.all(
        [receipt.blockNumber - 1, receipt.blockNumber].map((block) => provider.getStorage(contract, slot, block)),
      );
      if (before === EMPTY && after !== EMPTY) count += 1;
    }
  return count;
}
