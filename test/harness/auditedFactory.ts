import type { Audited } from "./expectAuditAgrees.ts";
import type { FactoryProcess } from "./startFactoryProcess.ts";

/** What an audit has to know of a factory. */
export function auditedFactory({ url, rpc, client }: FactoryProcess): Audited {
  const { receiptKey, operator } = client.card;
  return { url, rpc, receiptKey, operators: [operator] };
}
