import { type Hex, zeroHash } from "viem";
import type { ReceiptLine, SessionLine } from "../../exportFiles.ts";
import type { Finding } from "../../Finding.ts";
import { receiptSubject } from "./receiptSubject.ts";

/** The receipts of one session, and where its chain of them ends. */
export interface SessionReceipts {
  readonly offering: Hex;
  readonly lines: readonly ReceiptLine[];
  /** By hash. */
  readonly sequences: ReadonlyMap<Hex, bigint>;
  readonly charged: bigint;
  readonly sequence: bigint;
  readonly head: Hex;
  /** Whether none is missing, as far as can be seen. */
  readonly complete: boolean;
}

interface Chained {
  readonly sessions: ReadonlyMap<Hex, SessionReceipts>;
  readonly findings: readonly Finding[];
}

/**
 * The receipts of each session form one chain from 1 on, without a gap; `wrong` are the subjects of those that are not what
 * they say, which are no measure for their neighbours. A gap at the end shows by what the session's line says of its end.
 */
export function chainReceipts(
  lines: readonly ReceiptLine[],
  sessions: readonly SessionLine[],
  wrong: ReadonlySet<string>,
): Chained {
  const findings: Finding[] = [];
  const bySession = Map.groupBy(lines, ({ receipt }) => receipt.session);
  const ends = new Map(sessions.map((line) => [line.session, line]));
  const chained = new Map<Hex, SessionReceipts>();
  for (const session of new Set([...bySession.keys(), ...ends.keys()])) {
    const own = bySession.get(session) ?? [];
    const end = ends.get(session);
    const gaps = findGaps(session, own, end);
    findings.push(...gaps, ...checkLinks(own, wrong));
    const last = own.at(-1);
    const offering = own[0]?.receipt.offering ?? end?.offering;
    if (offering === undefined) continue;
    chained.set(session, {
      offering,
      lines: own,
      sequences: new Map(own.map(({ hash, receipt }) => [hash, receipt.sequence])),
      charged: last?.receipt.cumulative ?? 0n,
      sequence: last?.receipt.sequence ?? 0n,
      head: last?.hash ?? zeroHash,
      complete: gaps.length === 0,
    });
  }
  return { sessions: chained, findings };
}

function findGaps(session: Hex, own: readonly ReceiptLine[], end: SessionLine | undefined): Finding[] {
  const present = own.map(({ receipt }) => receipt.sequence);
  if (end !== undefined && endsLater(end, own.at(-1))) present.push(end.sequence + 1n);
  return present.flatMap((sequence, index) => {
    const due = (present[index - 1] ?? 0n) + 1n;
    if (sequence <= due) return [];
    const actual = sequence === due + 1n ? "missing" : `${sequence - due} missing, up to ${sequence - 1n}`;
    return [{ subject: receiptSubject({ session, sequence: due }), field: "line", expected: "a receipt", actual }];
  });
}

/** A session's line tells its end three times: that receipts are missing takes more than one of them. */
function endsLater(end: SessionLine, last: ReceiptLine | undefined): boolean {
  if (end.sequence <= (last?.receipt.sequence ?? 0n)) return false;
  return end.receiptsHead !== (last?.hash ?? zeroHash) || end.charged !== (last?.receipt.cumulative ?? 0n);
}

function checkLinks(own: readonly ReceiptLine[], wrong: ReadonlySet<string>): Finding[] {
  const good = (line: ReceiptLine | undefined) => line === undefined || !wrong.has(receiptSubject(line.receipt));
  return own.flatMap((line, index) => {
    const before = own[index - 1];
    const { receipt } = line;
    const adjacent = receipt.sequence === (before?.receipt.sequence ?? 0n) + 1n;
    if (!adjacent || !good(line) || !good(before)) return [];
    const links = [
      ["previous", before?.hash ?? zeroHash, receipt.previous],
      ["cumulative", (before?.receipt.cumulative ?? 0n) + receipt.charge, receipt.cumulative],
      ["offering", before?.receipt.offering ?? receipt.offering, receipt.offering],
    ] as const;
    const broken = links.find(([, expected, actual]) => expected !== actual);
    if (broken === undefined) return [];
    const [field, expected, actual] = broken;
    return [{ subject: receiptSubject(receipt), field, expected: String(expected), actual: String(actual) }];
  });
}
