import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";
import { REASON, settledRows } from "../testing/settledRows.ts";
import { packVoucherRow, VOUCHER, voucherRow } from "../testing/typedData.ts";

const { loadFixture, time } = networkHelpers;
const { ZeroHash } = ethers;
const ROOT = ethers.id("root");
const HEAD = ethers.id("head");
const CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** Settles rows as a stranger, and says what the event tells about each. */
async function settling(joulemint: Awaited<ReturnType<typeof deployJoulemint>>, rows: string[]) {
  const { credits, stranger, offering } = joulemint;
  const sent = await credits.connect(stranger).settle(offering, ethers.concat(rows), ROOT);
  const receipt = await sent.wait();
  const log = receipt?.logs
    .map((entry) => credits.interface.parseLog(entry))
    .find((parsed) => parsed?.name === "Settled");
  if (!log) throw new Error("settled without an event");
  return { consumed: log.args.consumed as bigint, rows: settledRows(log.args.rows) };
}

describe("Credits.settle", () => {
  it("consumes what the voucher adds to what was settled before", async () => {
    const { credits, stranger, offering, id, signer, openSession, voucher } = await loadFixture(deployJoulemint);
    const session = await openSession();
    await credits.connect(stranger).settle(offering, await voucher(session, 300_000n), ROOT);
    const outcome = ethers.solidityPacked(
      ["bytes32", "uint48", "bytes32", "uint8"],
      [session, 700_000n, HEAD, REASON.settled],
    );

    await expect(credits.connect(stranger).settle(offering, await voucher(session, 700_000n), ROOT))
      .to.emit(credits, "Settled")
      .withArgs(id, stranger, ROOT, 400_000n, outcome);
    expect(await credits.session(id, session)).to.deep.equal([signer.address, THOUSAND_CREDITS, 700_000n, 0n]);
    expect(await credits.offeringState(id)).to.deep.equal([300_000n, 700_000n, 0n, 0n, 0n]);
    expect(await credits.escrow(offering)).to.equal(600n);
  });

  it("signs what voucherDigest says", async () => {
    const { credits, domain, id } = await loadFixture(deployJoulemint);
    const voucher = { session: id, cumulative: 12n, receiptsHead: HEAD };
    expect(await credits.voucherDigest(id, 12n, HEAD)).to.equal(ethers.TypedDataEncoder.hash(domain, VOUCHER, voucher));
  });

  it("clamps a voucher above the cap, which stays good for the rest after a top-up", async () => {
    const joulemint = await loadFixture(deployJoulemint);
    const { credits, consumer, signer, offering, openSession, voucher } = joulemint;
    const session = await openSession();
    const row = await voucher(session, THOUSAND_CREDITS + 5n);

    const clamped = { session, used: THOUSAND_CREDITS, receiptsHead: HEAD, reason: REASON.clamped };
    expect(await settling(joulemint, [row])).to.deep.equal({ consumed: THOUSAND_CREDITS, rows: [clamped] });
    expect(await settling(joulemint, [row])).to.deep.equal({ consumed: 0n, rows: [clamped] });
    await credits.connect(consumer).topUp(offering, consumer, signer, ZeroHash, 10n);
    expect(await settling(joulemint, [row])).to.deep.equal({
      consumed: 5n,
      rows: [{ ...clamped, used: THOUSAND_CREDITS + 5n, reason: REASON.settled }],
    });
  });

  it("settles a session of a single millicredit", async () => {
    const joulemint = await loadFixture(deployJoulemint);
    const session = await joulemint.openSession(1n);
    const { consumed } = await settling(joulemint, [await joulemint.voucher(session, 1n)]);
    expect(consumed).to.equal(1n);
  });

  it("reads no row beyond the length that it is given", async () => {
    const { credits, stranger, offering, id, openSession, voucher } = await loadFixture(deployJoulemint);
    const sessions = [await openSession(), await openSession(THOUSAND_CREDITS, ethers.id("second"))];
    const rows = await Promise.all(sessions.map((session) => voucher(session, 5n)));
    const two = credits.interface.encodeFunctionData("settle", [offering, ethers.concat(rows), ROOT]);
    const lengthOf = (count: number) => ethers.toBeHex(count * ethers.dataLength(rows[0]), 32).slice(2);
    await stranger.sendTransaction({ to: credits, data: two.replace(lengthOf(2), lengthOf(1)) });
    const used = await Promise.all(sessions.map(async (session) => (await credits.session(id, session)).used));
    expect(used).to.deep.equal([5n, 0n]);
  });

  it("skips a replay and an older voucher", async () => {
    const joulemint = await loadFixture(deployJoulemint);
    const session = await joulemint.openSession();
    const older = await joulemint.voucher(session, 5n);
    const newer = await joulemint.voucher(session, 6n);
    const { consumed, rows } = await settling(joulemint, [newer, newer, older]);
    expect(consumed).to.equal(6n);
    expect(rows.map(({ used, reason }) => [used, reason])).to.deep.equal([
      [6n, REASON.settled],
      [6n, REASON.stale],
      [6n, REASON.stale],
    ]);
  });

  it("skips every kind of bad signature", async () => {
    const joulemint = await loadFixture(deployJoulemint);
    const { signer, stranger, domain, openSession } = joulemint;
    const session = await openSession();
    const voucher = { session, cumulative: 5n, receiptsHead: HEAD };
    const { r, yParityAndS } = ethers.Signature.from(await signer.signTypedData(domain, VOUCHER, voucher));
    const word = (value: bigint) => ethers.toBeHex(value, 32);
    const rows = [
      await voucherRow(stranger, domain, voucher),
      await voucherRow(signer, { ...domain, chainId: 1n }, voucher),
      await voucherRow(signer, { ...domain, verifyingContract: stranger.address }, voucher),
      packVoucherRow({ ...voucher, cumulative: 6n }, r, yParityAndS),
      packVoucherRow({ ...voucher, receiptsHead: ROOT }, r, yParityAndS),
      packVoucherRow(voucher, r, word(BigInt(yParityAndS) ^ (1n << 255n))),
      // ecrecover answers these with nothing at all.
      packVoucherRow(voucher, ZeroHash, ZeroHash),
      packVoucherRow(voucher, word(CURVE_ORDER), yParityAndS),
    ];
    const outcome = await settling(joulemint, rows);
    expect(outcome.consumed).to.equal(0n);
    expect(outcome.rows).to.deep.equal(
      rows.map((row) => ({
        session,
        used: 0n,
        receiptsHead: ethers.dataSlice(row, 38, 70),
        reason: REASON.badSignature,
      })),
    );
  });

  it("skips a session that was never opened, even for whoever recovers to zero", async () => {
    const joulemint = await loadFixture(deployJoulemint);
    const voucher = { session: ethers.id("nobody"), cumulative: 5n, receiptsHead: HEAD };
    const { rows } = await settling(joulemint, [
      await voucherRow(joulemint.signer, joulemint.domain, voucher),
      packVoucherRow(voucher, ZeroHash, ZeroHash),
    ]);
    expect(rows.map(({ reason }) => reason)).to.deep.equal([REASON.notOpen, REASON.notOpen]);
  });

  it("skips a session of another offering", async () => {
    const joulemint = await loadFixture(deployJoulemint);
    const { credits, consumer, signer, offering, register, voucher } = joulemint;
    const other = { ...offering, tier: 2n };
    const id = await register(other);
    await credits.connect(consumer).buyAndOpen(other, signer, ZeroHash, 10n);
    const row = await voucher(await credits.sessionId(id, consumer, signer, ZeroHash), 5n);

    const { consumed, rows } = await settling(joulemint, [row]);
    expect([consumed, rows[0].reason]).to.deep.equal([0n, REASON.notOpen]);
    expect(await credits.connect(consumer).settle.staticCall(other, row, ROOT)).to.equal(5n);
  });

  it("settles a closing session until it is closed", async () => {
    const joulemint = await loadFixture(deployJoulemint);
    const { credits, consumer, signer, offering, openSession, voucher } = joulemint;
    const session = await openSession();
    await credits.connect(consumer).requestClose(offering, signer, ZeroHash);
    await time.increase(offering.exitDelay);
    expect((await settling(joulemint, [await voucher(session, 5n)])).consumed).to.equal(5n);

    await credits.connect(consumer).close(offering, signer, ZeroHash, consumer, "0x");
    const { consumed, rows } = await settling(joulemint, [await voucher(session, 6n)]);
    expect(consumed).to.equal(0n);
    expect(rows).to.deep.equal([{ session, used: 5n, receiptsHead: HEAD, reason: REASON.notOpen }]);
  });

  it("lets no row change the outcome of another", async () => {
    const joulemint = await loadFixture(deployJoulemint);
    const { stranger, domain, openSession, voucher } = joulemint;
    const [first, second, third] = [
      await openSession(10n, ethers.id("1")),
      await openSession(20n, ethers.id("2")),
      await openSession(30n, ethers.id("3")),
    ];
    const forged = await voucherRow(stranger, domain, { session: first, cumulative: 10n, receiptsHead: HEAD });
    const { consumed, rows } = await settling(joulemint, [
      forged,
      await voucher(first, 4n),
      await voucher(ethers.id("nobody"), 9n),
      await voucher(second, 21n),
      await voucher(first, 3n),
      await voucher(third, 30n),
    ]);

    expect(consumed).to.equal(54n);
    expect(rows.map(({ session, used, reason }) => [session, used, reason])).to.deep.equal([
      [first, 0n, REASON.badSignature],
      [first, 4n, REASON.settled],
      [ethers.id("nobody"), 0n, REASON.notOpen],
      [second, 20n, REASON.clamped],
      [first, 4n, REASON.stale],
      [third, 30n, REASON.settled],
    ]);
  });

  it("refuses what is not a whole number of rows, and unknown terms", async () => {
    const { credits, offering, openSession, voucher } = await loadFixture(deployJoulemint);
    const row = await voucher(await openSession(), 5n);
    for (const rows of ["0x", ethers.dataSlice(row, 1), `${row}00`])
      await expect(credits.settle(offering, rows, ROOT))
        .to.be.revertedWithCustomError(credits, "Credits_MalformedRows")
        .withArgs(ethers.dataLength(rows), 134n);
    await expect(credits.settle({ ...offering, tier: 0n }, row, ROOT)).to.be.revertedWithCustomError(
      credits,
      "Credits_UnknownOffering",
    );
  });
});
