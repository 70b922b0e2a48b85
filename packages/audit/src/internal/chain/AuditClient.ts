import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { BaseError, createPublicClient, type PublicClient, type Transport } from "viem";

/** Reads a chain over JSON-RPC, at whatever block it is asked for. */
export type AuditClient = PublicClient;

export function auditClient(transport: Transport): AuditClient {
  return createPublicClient({ transport });
}

/** What a node answers, or CHAIN_UNAVAILABLE { rpc, message } when it does not, or not for a block as old as that. */
export async function asked<T>(client: AuditClient, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    if (!(cause instanceof BaseError)) throw cause;
    const rpc = String(client.transport.url ?? client.transport.key);
    throw new JoulemintError("CHAIN_UNAVAILABLE", { rpc, message: cause.shortMessage }, { cause });
  }
}
