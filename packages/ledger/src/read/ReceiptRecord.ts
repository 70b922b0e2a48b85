import { sql } from "kysely";

/** A receipt as it stands in the chain of its session. Amounts in millicredits. Unsigned ones have no proof yet. */
export interface ReceiptRecord {
  readonly id: string;
  readonly session: string;
  readonly sequence: bigint;
  readonly previous: string;
  readonly hash: string;
  readonly offering: string;
  readonly receiptKey: string;
  readonly requestHash: string;
  readonly responseHash: string;
  readonly rateCardHash: string;
  readonly charge: bigint;
  readonly cumulative: bigint;
  readonly encoded: string;
  readonly batchRoot: string | null;
  readonly proof: readonly string[] | null;
  readonly signature: string | null;
}

const ofBody = <Field extends string>(field: Field) => sql<string>`receipt.body ->> ${sql.lit(field)}`.as(field);

export const receiptColumns = [
  "receipt.id",
  "receipt.session",
  "receipt.sequence",
  "receipt.previous",
  "receipt.hash",
  ofBody("offering"),
  ofBody("receiptKey"),
  ofBody("requestHash"),
  ofBody("responseHash"),
  ofBody("rateCardHash"),
  "receipt.charge",
  "receipt.cumulative",
  "receipt.encoded",
  "receipt.batch_root as batchRoot",
  "receipt.proof",
  "receipt.signature",
] as const;
