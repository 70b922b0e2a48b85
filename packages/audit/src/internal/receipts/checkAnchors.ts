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

/**
 * How many of its submitter's batches a settlement may be mined apart from where it was planned: more than a chain takes
 * back, or a settler has open, at once.
 */
const MOST_APART = 32;

/**
 * The receipts root of a settlement is the Merkle root of the receipts that it is the first to cover, in the order of its
 * rows. It is made when the settlement is planned, and what is mined before the settlement may differ from that: after a
 * reorganisation batches are sent again as they were, behind others, and vouchers before them may be worth less. So a root
 * is right if it is what any state of its submitter's settlements near it calls for: receipts may be anchored twice, and
 * never others than the batch's own. Anybody may settle and write any root, so only those count who have anchored receipts
 * at least once, or `settler` if it is known who settles.
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
type Marks = ReadonlyMap<Hex, readonly Mark[]>;

/** The batches of one submitter, in the order of the chain. */
function readAnchors(batches: readonly Rows[], receipts: ReadonlyMap<Hex, SessionReceipts>): Anchor[] {
  // A voucher that was worth less than it said, or nothing, may have been good on the branch that a batch was planned on.
  const consumed = marksOf(batches, receipts, ({ reason }) => reason === "ok");
  const posted = marksOf(batches, receipts, () => true);
  return batches.map((rows, batch) => {
    const { blockNumber, logIndex, position, submitter, receiptsRoot: root } = rows[0];
    const due = rootOf(rows, receipts, coveredBefore(batch, rows, consumed));
    const isDueNearby = () => {
      const from = Math.max(0, batch - MOST_APART);
      const states = Array.from({ length: 2 * MOST_APART + 1 }, (_, offset) => from + offset).flatMap((other) =>
        [consumed, posted].map((marks) => coveredBefore(other, rows, marks)),
      );
      const distinct = new Map(states.map((covered) => [covered.join(), covered]));
      return [...distinct.values()].some((covered) => rootOf(rows, receipts, covered) === root);
    };
    return {
      ...{ subject: `settlements.jsonl ${blockNumber} ${logIndex} ${position}`, submitter, root, due },
      right: root === due || isDueNearby(),
      whole: rows.every(({ session }) => receipts.get(session)?.complete !== false),
    };
  });
}

function marksOf(
  batches: readonly Rows[],
  receipts: ReadonlyMap<Hex, SessionReceipts>,
  covers: (row: SettlementLine) => boolean,
): Marks {
  const marks = new Map<Hex, Mark[]>();
  for (const [batch, rows] of batches.entries())
    for (const row of rows.filter(covers)) {
      const sequence = receipts.get(row.session)?.sequences.get(row.receiptsHead) ?? 0n;
      const own = marks.get(row.session) ?? [];
      marks.set(row.session, own);
      if (sequence > (own.at(-1)?.sequence ?? 0n)) own.push({ batch, sequence });
    }
  return marks;
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
    const fresh = own?.lines.filter(({ receipt }) => receipt.sequence > first && receipt.sequence <= last) ?? [];
    return fresh.map(({ hash }) => hash);
  });
  return hashes.length === 0 ? zeroHash : merkleRoot(hashes);
}
