import { deepStrictEqual } from "node:assert/strict";
import { expectedCredits, expectedMoney } from "../books/expectedBuckets.ts";
import type { World } from "../world/startWorld.ts";

const CREDITS = `issued inWallets available onHold charged settledWithReceipts settledWithoutReceipts consumedByOwners redeemed uncollectible`;
const MONEY = `moneyIn escrow consumedNotReleased payableOperator payableTreasury payableHolders claimedOperator
  claimedTreasury claimedHolders refunded dust`;
const raw = (fields: string) => fields.replaceAll(/\w+/g, (field) => `${field} { raw }`);

const BOOKS = `query ($asOf: Finality!) {
  meta(asOf: $asOf) { block }
  reconciliation(asOf: $asOf) {
    difference
    credits { offering { offeringId } ${raw(CREDITS)} }
    money { model { address } ${raw(MONEY)} }
  }
}`;
const SESSIONS = `query ($after: String) {
  sessions(first: 100, after: $after) {
    nodes { sessionId state consumerSigned ${raw("cap used charged onHold available")} }
    pageInfo { hasNextPage endCursor }
  }
}`;
const HOLDERS = `query ($model: ID!) {
  shares(model: $model) { lifetimeRevenue { raw } holders(first: 100) { nodes { holder ${raw("balance claimable")} } } }
}`;

interface Page {
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}
type Row = Readonly<Record<string, { readonly raw: string } | string | boolean | null>>;

/** What GraphQL says of the law, of sessions and of shares is what the books say. */
export async function checkGraph(world: World): Promise<void> {
  await checkReconciliation(world, "LATEST");
  if (world.random.chance(0.5)) await checkReconciliation(world, world.random.pick(["SAFE", "FINALIZED"] as const));
  await checkSessions(world);
  await checkHolders(world);
}

async function checkReconciliation(world: World, asOf: "LATEST" | "SAFE" | "FINALIZED"): Promise<void> {
  const { books, paymentToken, chronicle } = world;
  const { meta, reconciliation } = await ask<{
    meta: { block: string };
    reconciliation: { difference: string; credits: readonly object[]; money: readonly object[] };
  }>(world, BOOKS, { asOf });
  deepStrictEqual(reconciliation.difference, "0");
  const block = BigInt(meta.block);
  // What is older is the market's own, and not in these books.
  if (block < chronicle.start) return;
  const expected = () => ({
    credits: books.offerings.map((book) => {
      const { offering, ...buckets } = expectedCredits(books, book);
      return { offering: { offeringId: offering }, ...amounts(buckets) };
    }),
    money: books.shares.map((shares) => {
      const { model, paymentToken: _, ...buckets } = expectedMoney(books, shares, paymentToken);
      return { model: { address: model }, ...amounts(buckets) };
    }),
  });
  const { credits, money } = asOf === "LATEST" ? expected() : chronicle.asOf(block, expected);
  deepStrictEqual(sorted(reconciliation.credits), sorted(credits));
  deepStrictEqual(sorted(reconciliation.money), sorted(money));
  if (asOf !== "LATEST") world.saw(`books compared as of ${asOf}`, 1);
}

async function checkSessions(world: World): Promise<void> {
  const found: Row[] = [];
  let after: string | null = null;
  do {
    const { sessions }: { sessions: Page } = await ask<{ sessions: Page }>(world, SESSIONS, { after });
    found.push(...sessions.nodes);
    after = sessions.pageInfo.hasNextPage ? sessions.pageInfo.endCursor : null;
  } while (after !== null);
  const expected = [...world.books.sessions.values()].map(({ terms, state, cap, used, charged, held, available }) => ({
    sessionId: terms.id,
    state: state.toUpperCase(),
    consumerSigned: terms.consumerSigned,
    ...amounts({
      cap,
      used,
      charged,
      onHold: held,
      available,
    }),
  }));
  deepStrictEqual(sorted(found), sorted(expected));
}

async function checkHolders(world: World): Promise<void> {
  for (const book of world.books.shares) {
    const { shares } = await ask<{ shares: { lifetimeRevenue: { raw: string }; holders: { nodes: Row[] } } }>(
      world,
      HOLDERS,
      { model: book.model },
    );
    deepStrictEqual(shares.lifetimeRevenue.raw, String(book.lifetime));
    const expected = [...book.holdings].map(([holder, { balance }]) => ({
      holder,
      ...amounts({ balance, claimable: book.claimable(holder) }),
    }));
    deepStrictEqual(sorted(shares.holders.nodes), sorted(expected));
  }
}

const amounts = (buckets: Readonly<Record<string, bigint>>) =>
  Object.fromEntries(Object.entries(buckets).map(([name, amount]) => [name, { raw: String(amount) }]));

/** Neither the order of rows nor the checksum of an address is at stake here. */
function sorted(rows: readonly object[]): string[] {
  return rows.map((row) => JSON.stringify(row).toLowerCase()).sort();
}

async function ask<Data>({ factory }: World, query: string, variables: object = {}): Promise<Data> {
  const response = await fetch(`${factory.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  if (errors !== undefined) throw new Error(`GraphQL: ${JSON.stringify(errors)}`);
  return data;
}
