/**
 * A session: its slot on chain, and its meter. All amounts in millicredits. The meter's part is `null` where no
 * gateway of this ledger has seen the session yet. A suspended session is one that its meter knows and the chain does
 * not (any more, or yet): then `cap` and `used` are 0, and what else the chain would say is `null`.
 */
export interface SessionRecord {
  readonly id: string;
  readonly offering: string;
  readonly owner: string | null;
  readonly signer: string | null;
  readonly salt: string | null;
  readonly cap: bigint;
  readonly used: bigint;
  readonly state: "open" | "closing" | "closed" | "suspended";
  /** Unix seconds. */
  readonly closableAt: bigint | null;
  readonly openedBlock: bigint | null;
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
