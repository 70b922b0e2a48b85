import { type ChainPosition, positionColumns } from "./ChainPosition.ts";

/** Vouchers that were posted in one batch. `consumed` in millicredits, over all rows. */
export interface SettlementRecord extends ChainPosition {
  readonly offering: string;
  readonly submitter: string;
  readonly receiptsRoot: string;
  readonly consumed: bigint;
}

export const settlementColumns = [
  ...positionColumns,
  "offering",
  "submitter",
  "receipts_root as receiptsRoot",
  "consumed",
] as const;
