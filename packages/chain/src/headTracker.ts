import { type Header, MOST_HEADERS } from "@joulemint/ledger/chain/recentHeaders";

/** What the chain's head says about the blocks that are known already. */
export type HeadEvent =
  /** It is the head that is known. */
  | { readonly kind: "known" }
  /** It is the next block, or one further up: whether that follows the known head shows when the first is observed. */
  | { readonly kind: "append" }
  /**
   * It is below the known head: the node lags, or the chain went back. `block` is the known one at its number, `null` where
   * none is remembered.
   */
  | { readonly kind: "behind"; readonly block: Header | null }
  | ForkEvent;

/** How two branches are told apart, step by step. */
export type ForkEvent =
  /** It replaces what is known from somewhere below: `locate` the chain's blocks at these numbers. */
  | { readonly kind: "fork"; readonly ask: readonly bigint[] }
  /** It replaces what is known above `ancestor`. */
  | { readonly kind: "reorg"; readonly ancestor: Header }
  /** Nothing that is remembered is on its chain. */
  | { readonly kind: "foreign" };

/** The newest known headers. It never changes: `extend` gives another one, and after an undo one is made of what is left. */
export interface HeadTracker {
  readonly head: Header | null;
  /** The oldest header that is remembered. */
  readonly tail: Header | null;
  /** What is remembered at a number. */
  at(number: bigint): Header | null;
  observe(header: Header): HeadEvent;
  /** With what the chain has at the numbers that a fork asked for. */
  locate(found: readonly Header[]): ForkEvent;
  /** Where to look for the newest known block below a number that the chain still has. */
  search(below: bigint): ForkEvent;
  /** With headers that follow the head, in ascending order. */
  extend(added: readonly Header[]): HeadTracker;
}

/** Blocks to ask for at once. */
const ASKED = 16;

/** `headers` in ascending order; between older ones, blocks without events may be missing. */
export function headTracker(headers: readonly Header[]): HeadTracker {
  const head = headers.at(-1) ?? null;
  const known = new Map(headers.map((header) => [header.number, header]));

  function search(below: bigint): ForkEvent {
    const ask = headers.flatMap(({ number }) => (number < below ? [number] : [])).slice(-ASKED);
    return ask.length > 0 ? { kind: "fork", ask } : { kind: "foreign" };
  }

  function fork({ number, parentHash }: Header): ForkEvent {
    const parent = known.get(number - 1n);
    return parent?.hash === parentHash ? { kind: "reorg", ancestor: parent } : search(number - 1n);
  }

  return {
    head,
    tail: headers[0] ?? null,
    at: (number) => known.get(number) ?? null,
    observe(header) {
      if (head === null) return { kind: "append" };
      const { number, hash, parentHash } = header;
      if (number > head.number + 1n) return { kind: "append" };
      if (number === head.number + 1n) return parentHash === head.hash ? { kind: "append" } : fork(header);
      const block = known.get(number) ?? null;
      if (block !== null && block.hash !== hash) return fork(header);
      return block === head ? { kind: "known" } : { kind: "behind", block };
    },
    locate(found) {
      const descending = [...found].sort((a, b) => (a.number < b.number ? 1 : -1));
      for (const { number, hash } of descending) {
        const block = known.get(number);
        if (block?.hash === hash) return { kind: "reorg", ancestor: block };
      }
      return search(descending.at(-1)?.number ?? 0n);
    },
    search,
    extend: (added) => headTracker([...headers, ...added].slice(-MOST_HEADERS)),
  };
}
