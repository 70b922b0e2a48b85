import { merkleRoot } from "@joulemint/protocol/merkle";
import { type Address, type Hex, zeroHash } from "viem";
import type { SettlementLine } from "../../exportFiles.ts";
import type { Finding } from "../../Finding.ts";
import type { SessionReceipts } from "./chainReceipts.ts";

interface Anchor {
  readonly subject: string;
  readonly submitter: Address;
  readonly root: Hex;
  /** Roots that are right: of the receipts that the settlement is the first of its submitter to cover. */
  readonly due: readonly Hex[];
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
 * The receipts root of a settlement is the Merkle root of the receipts that it is the first to cover, in the order of its
 * rows. Anybody may settle and write any root, so only those count who have anchored receipts at least once, or `settler`
 * if it is known who settles.
 */
export function checkAnchors(
  settlements: readonly SettlementLine[],
  receipts: ReadonlyMap<Hex, SessionReceipts>,
  settler: Address | undefined,
): Anchors {
  const anchors = readAnchors(settlements, receipts);
  const isRight = ({ root, due }: Anchor) => due.includes(root);
  const settlers = new Set(
    settler === undefined
      ? anchors.filter((anchor) => anchor.root !== zeroHash && isRight(anchor)).map(({ submitter }) => submitter)
      : [settler],
  );
  const checked = anchors.filter(({ submitter, whole }) => whole && settlers.has(submitter));
  const findings = checked
    .filter((anchor) => !isRight(anchor))
    .map(({ subject, root, due }) => ({ subject, field: "receiptsRoot", expected: due[0] ?? zeroHash, actual: root }));
  return { findings, checked: checked.length, settlers };
}

type Rows = readonly [SettlementLine, ...SettlementLine[]];

function readAnchors(settlements: readonly SettlementLine[], receipts: ReadonlyMap<Hex, SessionReceipts>): Anchor[] {
  const batches = Map.groupBy(settlements, ({ blockNumber, logIndex }) => `${blockNumber} ${logIndex}`);
  // By submitter and session: how far a voucher that was consumed in full, and how far any voucher, has covered.
  const consumed = new Map<string, bigint>();
  const posted = new Map<string, bigint>();
  // Roots that were right, by submitter.
  const anchored = new Set<string>();
  return [...batches].map(([position, batch]) => {
    const rows = batch as unknown as Rows;
    const { submitter, receiptsRoot: root } = rows[0];
    // A batch that a reorganisation took back is sent again as it was, with the root it was planned with, and a voucher
    // before it may be worth less by then: what was posted then counts as covered, though it was not consumed.
    const due = [consumed, posted].map((covered) => rootOf(rows, receipts, covered));
    // One that was given up for lost, and planned anew, may be mined after all, behind the other.
    if (anchored.has(`${submitter} ${root}`)) due.push(root);
    else if (due.includes(root)) anchored.add(`${submitter} ${root}`);
    for (const { session, receiptsHead, reason } of rows) {
      const sequence = receipts.get(session)?.sequences.get(receiptsHead);
      if (sequence === undefined) continue;
      const key = `${submitter} ${session}`;
      raise(posted, key, sequence);
      if (reason === "ok") raise(consumed, key, sequence);
    }
    const whole = rows.every(({ session }) => receipts.get(session)?.complete !== false);
    return { subject: `settlements.jsonl ${position} ${rows[0].position}`, submitter, root, due, whole };
  });
}

function rootOf(rows: Rows, receipts: ReadonlyMap<Hex, SessionReceipts>, covered: ReadonlyMap<string, bigint>): Hex {
  const hashes = rows.flatMap(({ submitter, session, receiptsHead }) => {
    const own = receipts.get(session);
    const last = own?.sequences.get(receiptsHead) ?? 0n;
    const first = covered.get(`${submitter} ${session}`) ?? 0n;
    const fresh = own?.lines.filter(({ receipt }) => receipt.sequence > first && receipt.sequence <= last) ?? [];
    return fresh.map(({ hash }) => hash);
  });
  return hashes.length === 0 ? zeroHash : merkleRoot(hashes);
}

function raise(marks: Map<string, bigint>, key: string, sequence: bigint): void {
  if (sequence > (marks.get(key) ?? 0n)) marks.set(key, sequence);
}
