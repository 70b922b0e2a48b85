import { merkleRoot } from "@joulemint/protocol/merkle";
import { exampleReceipt } from "@joulemint/protocol/testing/exampleReceipt";
import { type Hex, zeroHash } from "viem";
import { describe, expect, it } from "vitest";
import type { SettlementLine } from "../../exportFiles.ts";
import { named } from "../../testing/named.ts";
import { chainReceipts } from "./chainReceipts.ts";
import { checkAnchors } from "./checkAnchors.ts";

const [one, two] = [named.word("one"), named.word("two")];
const [settler, stranger] = [named.address("settler"), named.address("stranger")];
const hashOf = (session: Hex, sequence: number) => named.word(`${session} ${sequence}`);
const hashes = (session: Hex, ...sequences: number[]) => sequences.map((sequence) => hashOf(session, sequence));

const lines = [one, two].flatMap((session) =>
  [1, 2, 3, 4].map((sequence) => ({
    receipt: exampleReceipt({ session, sequence: BigInt(sequence) }),
    ...{ encoded: "0x" as Hex, hash: hashOf(session, sequence), proof: [], root: zeroHash, signature: "0x" as Hex },
  })),
);
const { sessions } = chainReceipts(lines, [], new Set());

/** A batch of vouchers in a block of its own, each up to one receipt of a session. */
const batch = (
  blockNumber: number,
  root: Hex,
  rows: readonly (readonly [session: Hex, sequence: number, reason?: SettlementLine["reason"]])[],
  submitter = settler,
) =>
  rows.map(
    ([session, sequence, reason = "ok"], position) =>
      ({
        ...{ blockNumber: BigInt(blockNumber), logIndex: 0, position, submitter, receiptsRoot: root },
        ...{ session, receiptsHead: hashOf(session, sequence), reason },
      }) as SettlementLine,
  );

const first = batch(1, merkleRoot([...hashes(two, 1, 2), ...hashes(one, 1)]), [
  [two, 2],
  [one, 1],
]);

describe("checkAnchors", () => {
  it("expects the receipts that a settlement is the first to cover, in the order of its rows", () => {
    const second = batch(2, merkleRoot([...hashes(one, 2, 3), ...hashes(two, 3)]), [
      [one, 3],
      [two, 3],
    ]);
    expect(checkAnchors([...first, ...second], sessions, undefined)).toMatchObject({ findings: [], checked: 2 });
  });

  it("names a root of others, and one where there is nothing to anchor", () => {
    const wrong = batch(2, merkleRoot(hashes(one, 3)), [[one, 3]]);
    const idle = batch(3, named.word("root"), [[one, 3, "stale"]]);
    expect(checkAnchors([...first, ...wrong, ...idle], sessions, undefined).findings).toEqual([
      {
        subject: "settlements.jsonl 2 0 0",
        field: "receiptsRoot",
        expected: merkleRoot(hashes(one, 2, 3)),
        actual: merkleRoot(hashes(one, 3)),
      },
      { subject: "settlements.jsonl 3 0 0", field: "receiptsRoot", expected: zeroHash, actual: named.word("root") },
    ]);
  });

  it("lets a stranger write what it likes, which covers nothing", () => {
    const strange = batch(2, named.word("root"), [[one, 4]], stranger);
    const third = batch(3, merkleRoot(hashes(one, 2, 3, 4)), [[one, 4, "stale"]]);
    expect(checkAnchors([...first, ...strange, ...third], sessions, undefined)).toMatchObject({
      findings: [],
      checked: 2,
    });
    expect(checkAnchors([...first, ...strange], sessions, stranger).findings).toHaveLength(1);
  });

  it("anchors again what a clamped voucher covered, for the voucher stays good", () => {
    const clamped = batch(2, merkleRoot(hashes(one, 2, 3)), [[one, 3, "clamped"]]);
    const rest = batch(3, merkleRoot(hashes(one, 2, 3, 4)), [[one, 4]]);
    expect(checkAnchors([...first, ...clamped, ...rest], sessions, undefined).findings).toEqual([]);
  });

  it("takes the root that was planned before a reorganisation made an earlier voucher worth nothing", () => {
    const dropped = batch(2, merkleRoot(hashes(one, 2, 3)), [[one, 3, "unknown_session"]]);
    const resent = batch(3, merkleRoot(hashes(one, 4)), [[one, 4]]);
    expect(checkAnchors([...first, ...dropped, ...resent], sessions, undefined).findings).toEqual([]);
  });

  it("takes a root twice, where a settlement that was given up for lost is mined behind the one planned in its place", () => {
    const again = batch(2, first[0]?.receiptsRoot ?? zeroHash, [
      [two, 2, "stale"],
      [one, 1, "stale"],
    ]);
    expect(checkAnchors([...first, ...again], sessions, undefined)).toMatchObject({ findings: [], checked: 2 });
  });

  it("takes a root that was planned before what is mined ahead of it now", () => {
    const all = batch(2, merkleRoot([...hashes(one, 2, 3, 4), ...hashes(two, 3)]), [
      [one, 4],
      [two, 3],
    ]);
    const late = (...sequences: number[]) => batch(3, merkleRoot(hashes(one, ...sequences)), [[one, 3, "stale"]]);
    expect(checkAnchors([...first, ...all, ...late(2, 3)], sessions, undefined)).toMatchObject({
      ...{ findings: [], checked: 3 },
    });
    // A run that begins where no settlement ever ended is nobody's plan.
    expect(checkAnchors([...first, ...all, ...late(3)], sessions, undefined).findings).toHaveLength(1);
  });

  it("takes a root that was planned where one of its sessions was gone and the other was not", () => {
    const lost = batch(2, merkleRoot(hashes(one, 2, 3)), [[one, 3, "unknown_session"]]);
    const both = batch(3, merkleRoot([...hashes(one, 4), ...hashes(two, 1, 2, 3)]), [
      [one, 4, "unknown_session"],
      [two, 3, "unknown_session"],
    ]);
    expect(checkAnchors([...first, ...lost, ...both], sessions, undefined).findings).toEqual([]);
  });

  it("names a root of nothing where there are receipts to anchor, however many batches follow", () => {
    const [second, third] = [batch(2, zeroHash, [[one, 3]]), batch(3, zeroHash, [[one, 4]])];
    expect(checkAnchors([...first, ...second, ...third], sessions, undefined).findings).toMatchObject([
      { expected: merkleRoot(hashes(one, 2, 3)), actual: zeroHash },
      { expected: merkleRoot(hashes(one, 4)), actual: zeroHash },
    ]);
  });

  it("says nothing where receipts are missing", () => {
    const present = lines.filter(({ hash }) => hash !== hashOf(one, 2));
    const { sessions: gappy } = chainReceipts(present, [], new Set());
    const second = batch(2, merkleRoot(hashes(one, 2, 3)), [[one, 3]]);
    const third = batch(3, merkleRoot(hashes(two, 3)), [[two, 3]]);
    const fourth = batch(4, merkleRoot(hashes(two, 4)), [[two, 4]]);
    const own = batch(1, merkleRoot(hashes(two, 1, 2)), [[two, 2]]);
    expect(checkAnchors([...own, ...second, ...third, ...fourth], gappy, undefined)).toMatchObject({
      findings: [],
      checked: 3,
    });
  });
});
