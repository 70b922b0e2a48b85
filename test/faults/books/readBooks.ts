import type { FactoryClient } from "@joulemint/app/client/FactoryClient";
import type { Hex } from "viem";

/** Credits as GraphQL tells them: millicredits, in decimal. */
interface Credits {
  readonly raw: string;
}

interface SessionBook {
  readonly sessionId: Hex;
  readonly cap: Credits;
  readonly available: Credits;
  readonly onHold: Credits;
  readonly charged: Credits;
  readonly used: Credits;
  readonly sequence: string;
}

interface ReceiptBook {
  readonly receiptId: string;
  readonly sessionId: Hex;
  readonly charge: Credits;
  readonly signed: boolean;
  readonly settlement: { readonly transactionHash: Hex } | null;
}

export interface Books {
  readonly sessions: readonly SessionBook[];
  readonly receipts: readonly ReceiptBook[];
  readonly reconciliation: { readonly difference: string };
}

const query = `{
  sessions(first: 100) { nodes { sessionId cap { raw } available { raw } onHold { raw } charged { raw } used { raw } sequence } }
  receipts(first: 100) {
    nodes { receiptId sessionId charge { raw } signed settlement { transactionHash } } pageInfo { hasNextPage }
  }
  reconciliation { difference }
}`;

interface Answer {
  sessions: { nodes: SessionBook[] };
  receipts: { nodes: ReceiptBook[]; pageInfo: { hasNextPage: boolean } };
  reconciliation: { difference: string };
}

/** Everything that a factory has on its books, from one snapshot. */
export async function readBooks(client: FactoryClient): Promise<Books> {
  const { sessions, receipts, reconciliation } = await client.query<Answer>(query);
  if (receipts.pageInfo.hasNextPage) throw new Error("more receipts than a page has");
  return { sessions: sessions.nodes, receipts: receipts.nodes, reconciliation };
}
