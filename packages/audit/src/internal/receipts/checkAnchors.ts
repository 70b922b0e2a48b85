import { merkleRoot } from "@joulemint/protocol/merkle";
import { type Address, type Hex, zeroHash } from "viem";
import type { SettlementLine } from "../../exportFiles.ts";
import type { Finding } from "../../Finding.ts";
import type { SessionReceipts } from "./chainReceipts.ts";

interface Anchor {
  readonly subject: string;
  readonly submitter: Address;
  readonly root: Hex;
  /** The root of the receipts that the settlement is the first of its submitter to cover. */
  readonly due: Hex;
  readonly right: boolean;
  /** Whether all receipts are there from which that was made. */
  readonly whole: boolean;
}

interface Anchors {
  readonly findings: readonly Finding[];
  /** Settlements whose root was checked, and who sent them. */
  readonly checked: number;
  readonly settlers: ReadonlySet<Address>;
}

/** Batches that a settlement may be mined behind though it was planned before: more than a settler has open at once. */
const MOST_BEHIND = 32;

/** Ways in which the sessions of a batch may have been covered that are tried before its root counts as wrong. */
const MOST_COMBINATIONS = 4_096;

/**
 * The receipts root of a settlement is the Merkle root of the receipts that it is the first to cover, in the order of its
 * rows. It is made when the settlement is planned, and after a reorganisation more may be mined ahead of it, or vouchers
 * ahead of it may be worth less. So a root is right if each session's part of it was due at one of the batches before:
 * receipts may be anchored twice, and none is left out. Anybody may settle and write any root, so only those count who have
 * anchored receipts at least once, or `settler` if it is known who settles.
 */
export function checkAnchors(
  settlements: readonly SettlementLine[],
  receipts: ReadonlyMap<Hex, SessionReceipts>,
  settler: Address | undefined,
): Anchors {
  const batches = Map.groupBy(settlements, ({ blockNumber, logIndex }) => `${blockNumber} ${logIndex}`);
  const bySubmitter = Map.groupBy([...batches.values()] as unknown as Rows[], ([{ submitter }]) => submitter);
  const anchors = [...bySubmitter.values()].flatMap((own) => readAnchors(own, receipts));
  const settlers = new Set(
    settler === undefined
      ? anchors.filter(({ root, right }) => root !== zeroHash && right).map(({ submitter }) => submitter)
      : [settler],
  );
  const checked = anchors.filter(({ submitter, whole }) => whole && settlers.has(submitter));
  const findings = checked
    .filter(({ right }) => !right)
    .map(({ subject, root, due }) => ({ subject, field: "receiptsRoot", expected: due, actual: root }));
  return { findings, checked: checked.length, settlers };
}

type Rows = readonly [SettlementLine, ...SettlementLine[]];

/** How far a batch covered a session's receipts. */
interface Mark {
  readonly batch: number;
  readonly sequence: bigint;
}

/** The marks of each session, in the order of the chain. */
type Marks = Map<Hex, Mark[]>;

/** The batches of one submitter, in the order of the chain. */
function readAnchors(batches: readonly Rows[], receipts: ReadonlyMap<Hex, SessionReceipts>): Anchor[] {
  // A voucher that was worth less than it said, or nothing, may have been good on the branch that a batch was planned on.
  const consumed: Marks = new Map();
  const posted: Marks = new Map();
  return batches.map((rows, batch) => {
    const { blockNumber, logIndex, position, submitter, receiptsRoot: root } = rows[0];
    const due = rootOf(rows, receipts, coveredBefore(batch, rows, consumed));
    const wasDue = () => {
      const earlier = Array.from({ length: Math.min(batch, MOST_BEHIND) + 1 }, (_, behind) => batch - behind);
      const states = earlier.flatMap((at) => [consumed, posted].map((marks) => coveredBefore(at, rows, marks)));
      // On the branch that it was planned on, each session may have been there, or not, without the others.
      const starts = rows.map((_, row) => [...new Set(states.map((covered) => covered[row] ?? 0n))]);
      return combinations(starts).some((covered) => rootOf(rows, receipts, covered) === root);
    };
    const anchor = {
      ...{ subject: `settlements.jsonl ${blockNumber} ${logIndex} ${position}`, submitter, root, due },
      right: root === due || wasDue(),
      whole: rows.every(({ session }) => receipts.get(session)?.complete !== false),
    };
    for (const { session, receiptsHead, reason } of rows) {
      const sequence = receipts.get(session)?.sequences.get(receiptsHead) ?? 0n;
      mark(posted, session, { batch, sequence });
      if (reason === "ok") mark(consumed, session, { batch, sequence });
    }
    return anchor;
  });
}

/** One of each list, in every way; only the first ways where there are very many. */
function combinations(lists: readonly (readonly bigint[])[]): bigint[][] {
  const all = lists.reduce((product, { length }) => Math.min(product * length, MOST_COMBINATIONS), 1);
  return Array.from({ length: all }, (_, way) => {
    let rest = way;
    return lists.map((list) => {
      const chosen = list[rest % list.length] ?? 0n;
      rest = Math.floor(rest / list.length);
      return chosen;
    });
  });
}

function mark(marks: Marks, session: Hex, reached: Mark): void {
  const own = marks.get(session) ?? [];
  marks.set(session, own);
  if (reached.sequence > (own.at(-1)?.sequence ?? 0n)) own.push(reached);
}

/** How far each row's session was covered before a batch. */
function coveredBefore(batch: number, rows: Rows, marks: Marks): bigint[] {
  return rows.map(({ session }) => marks.get(session)?.findLast((mark) => mark.batch < batch)?.sequence ?? 0n);
}

function rootOf(rows: Rows, receipts: ReadonlyMap<Hex, SessionReceipts>, covered: readonly bigint[]): Hex {
  const hashes = rows.flatMap(({ session, receiptsHead }, row) => {
    const own = receipts.get(session);
    const last = own?.sequences.get(receiptsHead) ?? 0n;
    const first = covered[row] ?? 0n;
    // Of a session whose receipts are all there, the n-th line has sequence n; of another nothing is said.
    return own?.complete ? own.lines.slice(Number(first), Number(last)).map(({ hash }) => hash) : [];
  });
  return hashes.length === 0 ? zeroHash : merkleRoot(hashes);
}
