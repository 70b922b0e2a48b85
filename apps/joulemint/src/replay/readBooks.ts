import type { FactoryClient } from "../client/FactoryClient.ts";

interface Raw {
  raw: string;
}

/** What GraphQL says after a replay. Integers are decimal strings. */
export interface Books {
  factory: {
    requests: string;
    tokens: { input: string; cachedInput: string; cacheWrite: string; output: string; reasoning: string };
    joules: string | null;
    energyBoundary: string | null;
  };
  offering: {
    released: Raw;
    operatorRevenue: { claimed: Raw; claimable: Raw };
    treasuryRevenue: { claimed: Raw; claimable: Raw };
  };
  shares: {
    supply: Raw;
    lifetimeRevenue: Raw;
    claimedRevenue: Raw;
    holders: { nodes: { holder: string; balance: Raw; claimed: Raw; claimable: Raw }[] };
  };
  reconciliation: { difference: string };
}

const query = `query ($from: DateTime!, $to: DateTime!, $offering: ID!, $model: ID!) {
  factory(window: { from: $from, to: $to }) {
    requests tokens { input cachedInput cacheWrite output reasoning } joules energyBoundary
  }
  offering(id: $offering) {
    released { raw }
    operatorRevenue { claimed { raw } claimable { raw } }
    treasuryRevenue { claimed { raw } claimable { raw } }
  }
  shares(model: $model) {
    supply { raw } lifetimeRevenue { raw } claimedRevenue { raw }
    holders(first: 10) { nodes { holder balance { raw } claimed { raw } claimable { raw } } }
  }
  reconciliation { difference }
}`;

export function readBooks(client: FactoryClient, from: Date): Promise<Books> {
  const { offeringId, offering } = client.card;
  const to = new Date(Date.now() + 1000);
  return client.query<Books>(query, { from, to, offering: offeringId, model: offering.model });
}

interface SettlementPage {
  settlements: {
    nodes: { consumed: Raw; rows: { session: { sessionId: string } | null }[] }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

const settlementsQuery = `query ($offering: Hex, $after: String) {
  settlements(where: { offering: $offering }, first: 20, after: $after) {
    nodes { consumed { raw } rows { session { sessionId } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** The number of rows of each settlement of the offering. */
export async function settlementSizes(client: FactoryClient): Promise<number[]> {
  const sizes: number[] = [];
  let after: string | null = null;
  do {
    const { settlements }: SettlementPage = await client.query<SettlementPage>(settlementsQuery, {
      offering: client.card.offeringId,
      after,
    });
    sizes.push(...settlements.nodes.map(({ rows }) => rows.length));
    after = settlements.pageInfo.hasNextPage ? settlements.pageInfo.endCursor : null;
  } while (after !== null);
  return sizes;
}
