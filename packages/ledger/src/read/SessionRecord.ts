/**
 * A session: its slot on chain, and its meter. All amounts in millicredits. The meter's part is `null` where no
 * gateway of this ledger has seen the session yet.
 */
export interface SessionRecord {
  readonly id: string;
  readonly offering: string;
  readonly owner: string;
  readonly signer: string;
  readonly salt: string;
  readonly cap: bigint;
  readonly used: bigint;
  readonly state: "open" | "closing" | "closed";
  /** Unix seconds. */
  readonly closableAt: bigint | null;
  readonly openedBlock: bigint;
  readonly available: bigint | null;
  readonly held: bigint | null;
  readonly charged: bigint | null;
  readonly consumerSigned: boolean | null;
  readonly sequence: bigint | null;
  readonly receiptsHead: string | null;
  readonly voucherCumulative: bigint | null;
  readonly voucherHead: string | null;
  readonly voucherSignature: string | null;
}

export const sessionColumns = [
  "session.id",
  "session.offering",
  "session.owner",
  "session.signer",
  "session.salt",
  "session.cap",
  "session.used",
  "session.state",
  "session.closable_at as closableAt",
  "session.opened_block as openedBlock",
  "meter.available",
  "meter.held",
  "meter.charged",
  "meter.consumer_signed as consumerSigned",
  "meter.sequence",
  "meter.receipts_head as receiptsHead",
  "meter.voucher_cumulative as voucherCumulative",
  "meter.voucher_head as voucherHead",
  "meter.voucher_signature as voucherSignature",
] as const;
