import type { ChainPosition, PositionKey } from "@joulemint/ledger/read/ChainPosition";

export type KeyPart = bigint | number | string;

/** How a list of the ledger is ordered: the key of a row, and how each part of it comes back out of a cursor. */
export interface Order<Row, Key extends readonly KeyPart[]> {
  readonly parts: readonly { readonly pattern: RegExp; readonly parse: (text: string) => KeyPart }[];
  readonly keyOf: (row: Row) => Key;
}

const text = { pattern: /^[0-9a-z-]{1,80}$/, parse: (part: string) => part };
const block = { pattern: /^\d{1,18}$/, parse: BigInt };
const index = { pattern: /^\d{1,9}$/, parse: Number };

export const modelOrder: Order<{ readonly address: string }, readonly [string]> = {
  parts: [text],
  keyOf: ({ address }) => [address],
};

export const offeringOrder: Order<
  { readonly registeredBlock: bigint; readonly id: string },
  readonly [bigint, string]
> = { parts: [block, text], keyOf: ({ registeredBlock, id }) => [registeredBlock, id] };

export const sessionOrder: Order<{ readonly openedBlock: bigint; readonly id: string }, readonly [bigint, string]> = {
  parts: [block, text],
  keyOf: ({ openedBlock, id }) => [openedBlock, id],
};

export const receiptOrder: Order<{ readonly id: string }, readonly [string]> = {
  parts: [text],
  keyOf: ({ id }) => [id],
};

export const positionOrder: Order<Pick<ChainPosition, "blockNumber" | "logIndex">, PositionKey> = {
  parts: [block, index],
  keyOf: ({ blockNumber, logIndex }) => [blockNumber, logIndex],
};

export const creditBalanceOrder: Order<{ readonly offering: string }, readonly [string]> = {
  parts: [text],
  keyOf: ({ offering }) => [offering],
};

export const holdingOrder: Order<{ readonly model: string; readonly holder: string }, readonly [string, string]> = {
  parts: [text, text],
  keyOf: ({ model, holder }) => [model, holder],
};
