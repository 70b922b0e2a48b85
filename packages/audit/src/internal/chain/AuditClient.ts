import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { BaseError, createPublicClient, type PublicClient, type Transport } from "viem";

/** Reads a chain over JSON-RPC, at whatever block it is asked for. */
export type AuditClient = PublicClient;

export function auditClient(transport: Transport): AuditClient {
  return createPublicClient({ transport });
}

/** What a node answers, or CHAIN_UNAVAILABLE { message } when it does not, or not for a block as old as that. */
export async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    const message = cause instanceof BaseError ? `${cause.shortMessage} ${cause.details}`.trim() : String(cause);
    throw new JoulemintError("CHAIN_UNAVAILABLE", { message }, { cause });
  }
}
