import type { ChainBatch, ChainBlock, LoggedEvent } from "../ChainBlock.ts";

/**
 * Several batches in one, as an indexer reads them that looks less often: a model's history is what came before the first
 * block, and the rest of its events are in their blocks.
 */
export function mergeBatches(batches: readonly ChainBatch[]): ChainBatch {
  const blocks = batches.flatMap((batch) => batch.blocks);
  const from = blocks[0]?.number ?? 0n;
  const added = new Map<bigint, readonly LoggedEvent[]>();
  const models = batches
    .flatMap((batch) => batch.models)
    .map((model) => {
      for (const { number, events } of model.history) {
        if (number >= from) added.set(number, [...(added.get(number) ?? []), ...events]);
      }
      return { ...model, history: model.history.filter(({ number }) => number < from) };
    });
  const withHistory = (block: ChainBlock) => ({
    ...block,
    events: [...block.events, ...(added.get(block.number) ?? [])],
  });
  return { blocks: blocks.map(withHistory), models };
}
