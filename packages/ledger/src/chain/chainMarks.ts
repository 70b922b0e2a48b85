import type { Kysely } from "kysely";
import type { HeadRecord } from "../read/readHead.ts";
import type { Database } from "../schema.ts";
import type { Row } from "./ChainState.ts";
import type { Finality } from "./Finality.ts";
import { insertAll } from "./insertAll.ts";
import { checkKnown } from "./newBlocks.ts";
import { HEADERS_KEPT } from "./pruneBlocks.ts";

type Mark = Row<"chain_mark">;
type Tag = Exclude<Mark["tag"], "seen">;
export type ChainMarks = { readonly [tag in Tag]: Mark | null };

/** What the ledger knows of how final its blocks are. */
export async function readChainMarks(db: Kysely<Database>): Promise<ChainMarks> {
  const rows = await db.selectFrom("chain_mark").selectAll().execute();
  const find = (tag: Mark["tag"]) => rows.find((row) => row.tag === tag) ?? null;
  return { safe: find("safe"), finalized: find("finalized"), undo_floor: find("undo_floor") };
}

interface Step {
  readonly marks: ChainMarks;
  /** What the chain says; missing when nobody asked. */
  readonly finality: Finality | undefined;
  /** Before the step. */
  readonly head: HeadRecord | null;
  readonly newHead: HeadRecord;
}

/**
 * How far back the ledger can go after a step: to every block that is not final, and no less far than a reorg is followed.
 * It only ever rises, and no block that was applied without images lies above it.
 */
export function undoFloor({ marks, finality, head, newHead }: Step): bigint {
  const old = marks.undo_floor?.number ?? head?.number ?? 0n;
  const kept = newHead.number - HEADERS_KEPT;
  const finalized = finality?.finalized?.number ?? marks.finalized?.number ?? kept;
  const wanted = finalized < kept ? finalized : kept;
  return wanted > old ? wanted : old;
}

/**
 * Writes the marks of a step. A final block that the ledger has not reached yet says that its head is final. CHAIN_REORG
 * { block, expected, actual } when a final block is not the one that the ledger has.
 */
export async function writeChainMarks(db: Kysely<Database>, step: Step): Promise<void> {
  const { marks, finality, newHead } = step;
  const rows: (Mark & { readonly tag: Tag })[] = [
    { tag: "undo_floor", number: undoFloor(step), hash: null, timestamp: null },
  ];
  for (const tag of ["safe", "finalized"] as const) {
    const header = finality?.[tag] ?? null;
    if (header === null) continue;
    const { number, hash, timestamp } = header;
    if (number > newHead.number) {
      rows.push({ tag, ...newHead });
    } else {
      await checkKnown(db, [header]);
      rows.push({ tag, number, hash, timestamp: new Date(Number(timestamp) * 1000) });
    }
  }
  const moved = rows.filter(({ tag, number, hash }) => marks[tag]?.number !== number || marks[tag].hash !== hash);
  await insertAll(db, "chain_mark", moved, (insert) =>
    insert.onConflict((conflict) =>
      conflict.column("tag").doUpdateSet(({ ref }) => ({
        number: ref("excluded.number"),
        hash: ref("excluded.hash"),
        timestamp: ref("excluded.timestamp"),
      })),
    ),
  );
}
