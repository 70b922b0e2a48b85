import type { Address, Hex } from "viem";
import type { Finding } from "./Finding.ts";

/** What an audit came to. */
export interface AuditReport {
  /** Whether nothing was found. */
  readonly ok: boolean;
  /** Of the export; `null` if that cannot be read. */
  readonly block: { readonly number: bigint; readonly hash: Hex } | null;
  /** The key that must have signed all receipts: as given, else the one that signed most. */
  readonly receiptKey: Address | null;
  /** How much was checked, by what. */
  readonly checked: Readonly<Record<string, number>>;
  /** Sum of what the conservation law is off by; `null` if the audit did not come so far. */
  readonly difference: string | null;
  /** What the audit could not say, or says under a condition. */
  readonly notes: readonly string[];
  /** The first is the one to look at: others may follow from it. */
  readonly findings: readonly Finding[];
}
