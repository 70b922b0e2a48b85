import type { Header } from "@joulemint/ledger/chain/recentHeaders";

/** What a header that the chain shows says about the blocks that are known already. */
export type HeadEvent =
  /** It is the head, or an earlier block that is remembered. */
  | { readonly kind: "known" }
  /** It is the next block. */
  | { readonly kind: "append" }
  /** Blocks are missing before it. Whether it follows the head shows when they are there. */
  | { readonly kind: "gap"; readonly from: bigint; readonly to: bigint }
  /** It is below the head, at a number of which nothing is remembered. */
  | { readonly kind: "unknown" }
  /** It replaces blocks above `ancestor`; `null` when that is further down: observe its parent to find out. */
  | { readonly kind: "reorg"; readonly ancestor: Header | null };

/** The newest known headers. It never changes: `extend` gives another one. */
export interface HeadTracker {
  readonly head: Header | null;
  observe(header: Header): HeadEvent;
  /** With headers that follow the head, in ascending order. */
  extend(added: readonly Header[]): HeadTracker;
}

/** As many headers as a reorg may be deep for its ancestor to be named. */
const KEPT = 128;

/** `headers` in ascending order; blocks without events may be missing between them. */
export function headTracker(headers: readonly Header[]): HeadTracker {
  const head = headers.at(-1) ?? null;
  const known = new Map(headers.map((header) => [header.number, header]));
  return {
    head,
    observe(header) {
      if (head === null) return { kind: "append" };
      const { number, hash, parentHash } = header;
      const parent = known.get(number - 1n);
      const ancestor = parent?.hash === parentHash ? parent : null;
      if (number > head.number + 1n) return { kind: "gap", from: head.number + 1n, to: number - 1n };
      if (number === head.number + 1n) return ancestor === null ? { kind: "reorg", ancestor } : { kind: "append" };
      const same = known.get(number);
      if (same === undefined) return { kind: "unknown" };
      return same.hash === hash ? { kind: "known" } : { kind: "reorg", ancestor };
    },
    extend: (added) => headTracker([...headers, ...added].slice(-KEPT)),
  };
}
