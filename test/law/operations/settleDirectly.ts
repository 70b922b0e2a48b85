import { decodeSettledRows, type SettledReason } from "@joulemint/protocol/settledRows";
import { encodeVoucherRows, type SignedVoucher, signVoucher } from "@joulemint/protocol/Voucher";
import type { Hex, LocalAccount } from "viem";
import type { OfferingBook } from "../books/OfferingBook.ts";
import type { SessionBook } from "../books/SessionBook.ts";
import { creditsCall, perform } from "../chain/perform.ts";
import { accountOf } from "../world/Party.ts";
import type { World } from "../world/startWorld.ts";
import type { Operation } from "./Operation.ts";

interface Row {
  /** `null`: a session that there never was. */
  readonly session: SessionBook | null;
  readonly cumulative: bigint;
  readonly signer: LocalAccount;
}

/**
 * A stranger submits rows: good ones, stale ones, some over the cap or beyond what was charged, some forged, some of
 * sessions that are closed, of another offering or of nobody. Each row does what it may, and no other is any the worse.
 */
export const settleDirectly: Operation = {
  kind: "settle as a stranger",
  weight: 6,
  async run(world) {
    const { random, books, parties } = world;
    const offering = random.pick(books.offerings);
    const rows = Array.from({ length: random.between(1, 5) }, () => randomRow(world, offering));
    const releases = random.chance(0.3);
    const encoded = encodeVoucherRows(await Promise.all(rows.map((row) => signRow(world, row))));
    const broken = random.chance(0.05);
    const args = [broken ? encoded.slice(0, -2) : encoded, random.bytes32()];
    let consumed = 0n;
    await perform(world, {
      sender: parties.stranger,
      ...creditsCall(world, releases ? "settleAndRelease" : "settle", offering, args),
      refusal: () => (broken ? "Credits_MalformedRows" : null),
      book(events) {
        const outcomes = rows.map((row) => settleRow(offering, row));
        if (releases) books.release(offering);
        const settled = events.find(({ name }) => name === "Settled");
        if (settled?.name !== "Settled") throw new Error("no event tells of the settlement");
        const actual = decodeSettledRows(settled.args.rows).map(({ reason }) => reason);
        const expected = outcomes.map(({ reason }) => reason);
        if (String(actual) !== String(expected)) throw new Error(`rows were ${actual}, but should be ${expected}`);
        consumed = outcomes.reduce((sum, outcome) => sum + outcome.consumed, 0n);
      },
    });
    return consumed > 0n;
  },
};

function randomRow(world: World, offering: OfferingBook): Row {
  const { random, books, parties } = world;
  const nobody = { session: null, cumulative: 1_000n, signer: parties.stranger.account };
  const own = books.sessionsOf(offering);
  const live = own.filter(({ live }) => live);
  const everybody = [...books.sessions.values()];
  const candidates = live.length > 0 && random.chance(0.8) ? live : everybody;
  if (candidates.length === 0 || random.chance(0.04)) return nobody;
  const session = random.pick(candidates);
  const { signer } = session.terms;
  const { cumulative } = random.weighted([
    { weight: 8, cumulative: session.charged },
    { weight: 2, cumulative: session.used },
    // Beyond its receipts, as only a consumer would sign it, against itself.
    { weight: 2, cumulative: session.charged + random.upTo(session.cap - session.charged) },
    { weight: 1, cumulative: session.cap + 1n + random.upTo(session.cap) },
  ]);
  return { session, cumulative, signer: random.chance(0.08) ? accountOf("forger") : signer };
}

async function signRow({ random, domain }: World, row: Row): Promise<SignedVoucher> {
  const { session, cumulative, signer } = row;
  const id: Hex = session?.terms.id ?? random.bytes32();
  const voucher = { session: id, cumulative, receiptsHead: random.bytes32() };
  return { voucher, signature: await signVoucher(voucher, signer, domain) };
}

function settleRow(
  offering: OfferingBook,
  { session, cumulative, signer }: Row,
): { reason: SettledReason; consumed: bigint } {
  if (session === null || session.terms.offering !== offering) return { reason: "unknown_session", consumed: 0n };
  const recovered = signer.address.toLowerCase() as `0x${string}`;
  return session.settle(cumulative, recovered);
}
