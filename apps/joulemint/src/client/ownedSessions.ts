import type { Address, Hex } from "viem";
import type { FactoryClient } from "./FactoryClient.ts";

export interface OwnedSession {
  readonly sessionId: Hex;
  readonly signer: Address;
  readonly salt: Hex;
  readonly state: "OPEN" | "CLOSING";
  /** Millicredits. */
  readonly cap: { readonly raw: string };
  readonly used: { readonly raw: string };
}

const query = `query ($owner: Address!, $after: String) {
  sessions(where: { owner: $owner }, first: 100, after: $after) {
    nodes { sessionId signer salt state cap { raw } used { raw } }
    pageInfo { hasNextPage endCursor }
  }
}`;

interface Page {
  sessions: {
    nodes: (Omit<OwnedSession, "state"> & { state: "OPEN" | "CLOSING" | "CLOSED" })[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

/** The sessions of an owner that are not closed yet. */
export async function ownedSessions(client: FactoryClient, owner: Address): Promise<OwnedSession[]> {
  const found: OwnedSession[] = [];
  let after: string | null = null;
  do {
    const { sessions }: Page = await client.query<Page>(query, { owner, after });
    for (const session of sessions.nodes) if (session.state !== "CLOSED") found.push(session as OwnedSession);
    after = sessions.pageInfo.hasNextPage ? sessions.pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}
