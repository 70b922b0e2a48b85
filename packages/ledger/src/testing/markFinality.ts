import { applyBlocks } from "../chain/applyBlocks.ts";
import type { FinalHeader } from "../chain/Finality.ts";
import type { Hex } from "../internal/Hex.ts";
import type { Ledger } from "../Ledger.ts";

/** Says of blocks of the ledger that they are final, as the indexer would. */
export async function markFinality(
  ledger: Pick<Ledger, "db">,
  { safe, finalized }: { readonly safe?: bigint; readonly finalized?: bigint },
): Promise<void> {
  const header = async (number: bigint | undefined): Promise<FinalHeader | null> => {
    if (number === undefined) return null;
    const block = ledger.db.selectFrom("chain_block").select(["hash", "timestamp"]).where("number", "=", number);
    const { hash, timestamp } = await block.executeTakeFirstOrThrow();
    return { number, hash: hash as Hex, timestamp: BigInt(timestamp.getTime() / 1000) };
  };
  const finality = { safe: await header(safe), finalized: await header(finalized) };
  await applyBlocks(ledger, { blocks: [], models: [] }, { meteringKey: null, finality });
}
