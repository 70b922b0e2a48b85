import type { ChainPosition, PositionKey } from "@joulemint/ledger/read/ChainPosition";
import type { ListOrder, PageKey } from "@joulemint/ledger/read/Page";

export type KeyPart = PageKey[number];

/** Lists that can be read either way. */
type Orders<Row> = Readonly<Record<ListOrder, Order<Row, PageKey>>>;

/** How a list of the ledger is ordered: the key of a row, and how each part of it comes back out of a cursor. */
export interface Order<Row, Key extends readonly KeyPart[]> {
  readonly parts: readonly { readonly pattern: RegExp; readonly parse: (text: string) => KeyPart }[];
  readonly keyOf: (row: Row) => Key;
}

const text = { pattern: /^[0-9a-z-]{1,80}$/, parse: (part: string) => part };
const id = { parts: [text], keyOf: (row: { readonly id: string }) => [row.id] };
const block = { pattern: /^\d{1,18}$/, parse: BigInt };
const index = { pattern: /^\d{1,9}$/, parse: Number };

export const modelOrder: Order<{ readonly address: string }, readonly [string]> = {
  parts: [text],
  keyOf: ({ address }) => [address],
};

export const offeringOrders: Orders<{ readonly registeredBlock: bigint; readonly id: string }> = {
  newest: { parts: [block, text], keyOf: ({ registeredBlock, id }) => [registeredBlock, id] },
  key: id,
};

export const sessionOrders: Orders<{ readonly openedBlock: bigint | null; readonly id: string }> = {
  // As the ledger orders them: what the chain does not have is as old as can be.
  newest: { parts: [block, text], keyOf: ({ openedBlock, id }) => [openedBlock ?? 0n, id] },
  key: id,
};

export const receiptOrders: Orders<{ readonly id: string; readonly session: string; readonly sequence: bigint }> = {
  newest: id,
  key: { parts: [text, block], keyOf: ({ session, sequence }) => [session, sequence] },
};

export const positionOrder: Order<Pick<ChainPosition, "blockNumber" | "logIndex">, PositionKey> = {
  parts: [block, index],
  keyOf: ({ blockNumber, logIndex }) => [blockNumber, logIndex],
};

export const creditBalanceOrder: Order<
  { readonly offering: string; readonly owner: string },
  readonly [string, string]
> = { parts: [text, text], keyOf: ({ offering, owner }) => [offering, owner] };

export const holdingOrder: Order<{ readonly model: string; readonly holder: string }, readonly [string, string]> = {
  parts: [text, text],
  keyOf: ({ model, holder }) => [model, holder],
};
