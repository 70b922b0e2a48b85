import type { Plain, PlainObject } from "./Plain.ts";

/** What the lines of a file are made from. */
export interface ExportSources {
  /** The nodes of a document's list, page by page. */
  readonly nodes: (document: string) => AsyncIterable<PlainObject>;
  /** Buckets of the law: of an offering's credits, and of a model's money. */
  readonly credits: ReadonlyMap<Plain | undefined, PlainObject>;
  readonly money: ReadonlyMap<Plain | undefined, PlainObject>;
}

type Lines = (sources: ExportSources) => AsyncIterable<PlainObject>;

/** The files of an export but its manifest, and how their lines come from the answers; each in the order of its key. */
export const exportFiles: Readonly<Record<string, Lines>> = {
  "rate-cards.jsonl": rateCards,
  "models.jsonl": ({ nodes, money }) =>
    each(nodes("models"), ({ shares, ...model }) => [
      { ...model, ...members(shares), money: money.get(model.model) ?? null },
    ]),
  "offerings.jsonl": ({ nodes, credits }) =>
    each(nodes("offerings"), ({ operatorRevenue, treasuryRevenue, ...offering }) => [
      {
        ...offering,
        ...members(operatorRevenue),
        ...members(treasuryRevenue),
        credits: credits.get(offering.offering) ?? null,
      },
    ]),
  "sessions.jsonl": ({ nodes }) => each(nodes("sessions"), sessionLines),
  "receipts.jsonl": ({ nodes }) =>
    each(nodes("receipts"), ({ usageEvent, ...receipt }) => {
      const { tokens, ...event } = members(usageEvent);
      return [{ ...receipt, ...event, ...members(tokens) }];
    }),
  "balances.jsonl": ({ nodes }) => nodes("balances"),
  "holdings.jsonl": ({ nodes }) => nodes("holdings"),
  "purchases.jsonl": ({ nodes }) => nodes("purchases"),
  "redemptions.jsonl": ({ nodes }) => nodes("redemptions"),
  "consumptions.jsonl": ({ nodes }) => nodes("consumptions"),
  "settlements.jsonl": ({ nodes }) =>
    each(nodes("settlements"), ({ rows, ...settlement }) =>
      (rows as readonly PlainObject[]).map((row) => ({ ...settlement, ...row })),
    ),
  "releases.jsonl": ({ nodes }) => nodes("releases"),
  "claims.jsonl": ({ nodes }) => nodes("claims"),
};

async function* each(nodes: AsyncIterable<PlainObject>, linesOf: (node: PlainObject) => PlainObject[]) {
  for await (const node of nodes) yield* linesOf(node);
}

const members = (value: Plain | undefined): PlainObject => value as PlainObject;

/** Many offerings may share a card, and there are no more cards than this factory was configured with. */
async function* rateCards({ nodes }: ExportSources): AsyncIterable<PlainObject> {
  const cards = new Map<string, PlainObject>();
  for await (const { rateCardHash, rateCard } of nodes("rate-cards")) {
    if (rateCard === null) continue;
    const weights = (rateCard as readonly PlainObject[]).map(({ meter, weight }) => [meter, weight]);
    cards.set(String(rateCardHash), Object.fromEntries(weights));
  }
  for (const rateCardHash of [...cards.keys()].sort()) yield { rateCardHash, weights: cards.get(rateCardHash) ?? null };
}

/** What nothing can be proven about is left out: a suspended session without receipts, and holds that hold nothing. */
function sessionLines(session: PlainObject): PlainObject[] {
  const { state, sequence } = session;
  if (state === "suspended" && sequence === "0") return [];
  return [state === "open" || state === "closing" ? session : { ...session, onHold: null }];
}
