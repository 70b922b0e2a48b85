import type { Domain } from "@joulemint/protocol/Domain";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Ask } from "./createAsk.ts";
import { exportFiles } from "./exportFiles.ts";
import type { Plain, PlainObject } from "./Plain.ts";

export interface ExportLine {
  readonly file: string;
  readonly line: PlainObject;
}

/**
 * The lines of an export, file by file, each file in the order of its key; the manifest is the last line of all, so that
 * what was cut short shows. Throws CHAIN_BEHIND before the first block is indexed, and what the API would answer.
 */
export async function* exportLines(ask: Ask, { chainId, credits }: Domain): AsyncGenerator<ExportLine> {
  const { meta, law } = (await ask("law", null)) as PlainObject;
  if (meta == null) throw new JoulemintError("CHAIN_BEHIND", { reason: "no block is indexed yet" });
  const { block: number, hash, finality } = meta as PlainObject;
  const { difference, ...buckets } = law as PlainObject;
  const sources = {
    nodes: (document: string) => nodes(ask, document),
    credits: byName(buckets.credits, "offering"),
    money: byName(buckets.money, "model"),
  };

  const counts: Record<string, number> = {};
  for (const [file, lines] of Object.entries(exportFiles)) {
    let count = 0;
    for await (const line of lines(sources)) {
      count += 1;
      yield { file, line };
    }
    counts[file] = count;
  }
  const manifest = {
    version: 1,
    chainId,
    credits: credits.toLowerCase(),
    block: { number: number ?? null, hash: hash ?? null },
    finality: String(finality).toUpperCase(),
    difference: difference ?? null,
    counts,
  };
  yield { file: "manifest.json", line: manifest };
}

async function* nodes(ask: Ask, document: string): AsyncGenerator<PlainObject> {
  let after: string | null = null;
  do {
    const page = (await ask(document, after)) as PlainObject;
    const { hasNextPage, endCursor } = page.pageInfo as PlainObject;
    yield* page.nodes as readonly PlainObject[];
    after = hasNextPage === true ? String(endCursor) : null;
  } while (after !== null);
}

function byName(rows: Plain | undefined, name: string): Map<Plain | undefined, PlainObject> {
  const split = (rows as readonly PlainObject[]).map(({ [name]: key, ...row }) => [key, row] as const);
  return new Map(split);
}
