import type { Address } from "viem";
import { MANIFEST, type Manifest } from "../../exportFiles.ts";
import type { Finding } from "../../Finding.ts";
import type { AuditClient } from "./AuditClient.ts";
import { firstBlockOf } from "./firstBlockOf.ts";

interface Checked {
  readonly findings: readonly Finding[];
  /** The block in which `Credits` was deployed; a young chain's final block may be before it. */
  readonly start: bigint;
}

/**
 * The export is of this chain, of a block that it has, as final as it says, and of a contract that is there: `expected`, if
 * that is known.
 */
export async function checkManifest(
  client: AuditClient,
  manifest: Manifest,
  expected: Address | undefined,
): Promise<Checked> {
  const { chainId, credits, block } = manifest;
  const wrong = (field: string, expected: unknown, actual: unknown): Checked => {
    return { findings: [{ subject: MANIFEST, field, expected: String(expected), actual: String(actual) }], start: 0n };
  };
  const actualChain = await client.getChainId();
  if (actualChain !== chainId) return wrong("chainId", actualChain, chainId);
  const head = await client.getBlockNumber({ cacheTime: 0 });
  if (block.number > head) return wrong("block.number", `at most ${head}, the chain's head`, block.number);
  const { hash } = await client.getBlock({ blockNumber: block.number });
  if (hash !== block.hash) return wrong("block.hash", hash, block.hash);
  const final = await finalBlock(client, manifest.finality);
  if (final !== null && block.number > final) {
    return wrong("finality", `LATEST: the chain's ${manifest.finality} block is ${final}`, manifest.finality);
  }
  if (expected !== undefined && expected !== credits) return wrong("credits", expected, credits);
  const start = await firstBlockOf(client, credits, head);
  if (start === null) return wrong("credits", "the address of a contract", credits);
  return { findings: [], start };
}

async function finalBlock(client: AuditClient, finality: Manifest["finality"]): Promise<bigint | null> {
  if (finality === "LATEST") return null;
  const { number } = await client.getBlock({ blockTag: finality === "SAFE" ? "safe" : "finalized" });
  return number;
}
