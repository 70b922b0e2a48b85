import { exampleReceipt } from "@joulemint/protocol/testing/exampleReceipt";
import { zeroHash } from "viem";
import { describe, expect, it } from "vitest";
import type { ReceiptLine, SessionLine } from "../../exportFiles.ts";
import { named } from "../../testing/named.ts";
import { chainReceipts } from "./chainReceipts.ts";

const session = named.word("session");
const hashOf = (sequence: number) => (sequence === 0 ? zeroHash : named.word(`receipt ${sequence}`));

/** A chain of receipts of 10 millicredits each. */
const receipts = (...sequences: number[]): ReceiptLine[] =>
  sequences.map((sequence) => ({
    receipt: exampleReceipt({
      session,
      sequence: BigInt(sequence),
      previous: hashOf(sequence - 1),
      charge: 10n,
      cumulative: 10n * BigInt(sequence),
    }),
    encoded: "0x",
    hash: hashOf(sequence),
    proof: [],
    root: zeroHash,
    signature: "0x",
  }));

/** What the session's line says of its end. */
const ending = (sequence: number, change: Partial<SessionLine> = {}) => [
  {
    session,
    offering: named.word("offering"),
    sequence: BigInt(sequence),
    charged: 10n * BigInt(sequence),
    receiptsHead: hashOf(sequence),
    ...change,
  } as SessionLine,
];

const missing = (sequence: number, actual = "missing") => {
  return { subject: `receipts.jsonl ${session} ${sequence}`, field: "line", expected: "a receipt", actual };
};

describe("chainReceipts", () => {
  it("follows a session to its end", () => {
    const { sessions, findings } = chainReceipts(receipts(1, 2, 3), ending(3), new Set());
    expect(findings).toEqual([]);
    expect(sessions.get(session)).toMatchObject({ charged: 30n, sequence: 3n, head: hashOf(3), complete: true });
  });

  it.each([
    ["first", [2, 3], [missing(1)]],
    ["middle", [1, 3], [missing(2)]],
    ["last", [1, 2], [missing(3)]],
    ["all but one", [2], [missing(1), missing(3)]],
    ["several", [], [missing(1, "3 missing, up to 3")]],
  ])("names what is missing: the %s", (_, present, expected) => {
    const { sessions, findings } = chainReceipts(receipts(...present), ending(3), new Set());
    expect(findings).toEqual(expected);
    expect(sessions.get(session)?.complete).toBe(false);
  });

  it("holds a line of the session alone for wrong, if it is alone", () => {
    expect(chainReceipts(receipts(1, 2), ending(2, { sequence: 3n }), new Set()).findings).toEqual([]);
    expect(chainReceipts(receipts(1, 2), ending(2, { charged: 30n }), new Set()).findings).toEqual([]);
    expect(chainReceipts(receipts(1, 2), ending(2, { sequence: 3n, charged: 30n }), new Set()).findings).toEqual([
      missing(3),
    ]);
  });

  it.each([
    ["previous", { previous: named.word("elsewhere") }],
    ["cumulative", { cumulative: 21n }],
    ["offering", { offering: named.word("another") }],
  ])("names a receipt whose %s does not follow, unless it was found wrong already", (field, change) => {
    const lines = receipts(1, 2, 3).map((line, index) =>
      index === 1 ? { ...line, receipt: { ...line.receipt, ...change } } : line,
    );
    const subject = `receipts.jsonl ${session} 2`;
    expect(chainReceipts(lines, ending(3), new Set()).findings[0]).toMatchObject({ subject, field });
    expect(chainReceipts(lines, ending(3), new Set([subject])).findings).toEqual([]);
  });
});
