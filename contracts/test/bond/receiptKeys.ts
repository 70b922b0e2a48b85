import { expect } from "chai";
import { FAULT } from "../../testing/accusations.ts";
import { signMeteringKeyConsent, signReceiptKeyConsent } from "../../testing/bondConsents.ts";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployOperatorBond, STAKE, UNBONDING_DELAY } from "../../testing/deployOperatorBond.ts";

const { loadFixture, time } = networkHelpers;

/** Two bonds, the stranger's of the key `other`, and a receipt that breaks the start of its chain, by north. */
async function faulty() {
  const joulemint = await deployOperatorBond();
  const { consents, reporter, stranger, token, chain, north, sign } = joulemint;
  const other = new ethers.Wallet(ethers.id("another metering key"));
  await reporter.bond(other, token, STAKE, await signMeteringKeyConsent(other, consents, stranger, token));
  const [broken] = await sign({ ...chain().call(north.address), sequence: 0n });
  return { ...joulemint, other, broken };
}

describe("OperatorBond.addReceiptKey", () => {
  it("names a key that consents, in the bond's list", async () => {
    const { bond, owner, metering, north, east, thief, consents } = await loadFixture(faulty);
    await expect(owner.addReceiptKey(metering, thief, await signReceiptKeyConsent(thief, consents, metering)))
      .to.emit(bond, "ReceiptKeyAdded")
      .withArgs(metering, thief);
    expect(await bond.receiptKeys(metering)).to.deep.equal([north.address, east.address, thief.address]);
    expect(await bond.bondOfReceiptKey(thief)).to.deep.equal([metering.address, 0n]);
  });

  it("makes the bond answer for what the key has signed before", async () => {
    const { bond, owner, reporter, stranger, metering, thief, consents, chain, sign } = await loadFixture(faulty);
    const [broken] = await sign({ ...chain().call(thief.address), sequence: 0n });
    await expect(reporter.proveBrokenStart(broken, stranger))
      .to.be.revertedWithCustomError(bond, "OperatorBond_NotLiable")
      .withArgs(thief, 0n, (await time.latest()) + 1);
    await owner.addReceiptKey(metering, thief, await signReceiptKeyConsent(thief, consents, metering));
    await expect(reporter.proveBrokenStart(broken, stranger)).to.emit(bond, "Slashed");
  });

  it("is refused without the key's consent to this bond, here", async () => {
    const { bond, owner, credits, metering, other, thief, consents } = await loadFixture(faulty);
    const consentsToOthers = await Promise.all([
      signReceiptKeyConsent(other, consents, metering),
      signReceiptKeyConsent(thief, consents, other),
      signReceiptKeyConsent(thief, { ...consents, chainId: 1n }, metering),
      signReceiptKeyConsent(thief, { ...consents, verifyingContract: await credits.getAddress() }, metering),
    ]);
    for (const consent of consentsToOthers)
      await expect(owner.addReceiptKey(metering, thief, consent)).to.be.revertedWithCustomError(
        bond,
        "OperatorBond_WrongSigner",
      );
  });

  it("is for the owner of a bond, who can take no key from another's nor name one twice", async () => {
    const { bond, owner, reporter, operator, stranger, metering, other, north, thief, consents } =
      await loadFixture(faulty);
    await expect(reporter.addReceiptKey(metering, thief, await signReceiptKeyConsent(thief, consents, metering)))
      .to.be.revertedWithCustomError(bond, "OperatorBond_NotOwner")
      .withArgs(operator, stranger);
    await expect(reporter.addReceiptKey(thief, thief, "0x"))
      .to.be.revertedWithCustomError(bond, "OperatorBond_NotBonded")
      .withArgs(thief);
    for (const [by, meteringKey] of [
      [reporter, other],
      [owner, metering],
    ] as const)
      await expect(by.addReceiptKey(meteringKey, north, await signReceiptKeyConsent(north, consents, meteringKey)))
        .to.be.revertedWithCustomError(bond, "OperatorBond_ReceiptKeyTaken")
        .withArgs(north, metering);
  });
});

describe("OperatorBond.removeReceiptKey", () => {
  it("ends the bond's liability for a key when the unbonding delay is over, for good", async () => {
    const { bond, owner, reporter, stranger, metering, north, east, consents, broken } = await loadFixture(faulty);
    const removedAt = BigInt(await time.latest()) + 10n;
    const liableUntil = removedAt + UNBONDING_DELAY;
    await time.setNextBlockTimestamp(removedAt);
    await expect(owner.removeReceiptKey(north))
      .to.emit(bond, "ReceiptKeyRemoved")
      .withArgs(metering, north, liableUntil);
    expect(await bond.bondOfReceiptKey(north)).to.deep.equal([metering.address, liableUntil]);
    expect(await bond.receiptKeys(metering)).to.deep.equal([north.address, east.address]);

    await time.setNextBlockTimestamp(liableUntil);
    await expect(reporter.proveBrokenStart(broken, stranger))
      .to.be.revertedWithCustomError(bond, "OperatorBond_NotLiable")
      .withArgs(north, liableUntil, liableUntil);
    await expect(owner.removeReceiptKey(north)).to.be.revertedWithCustomError(bond, "OperatorBond_NotLiable");
    await expect(owner.addReceiptKey(metering, north, await signReceiptKeyConsent(north, consents, metering)))
      .to.be.revertedWithCustomError(bond, "OperatorBond_ReceiptKeyTaken")
      .withArgs(north, metering);
  });

  it("not a second before", async () => {
    const { bond, owner, reporter, stranger, metering, north, broken } = await loadFixture(faulty);
    await owner.removeReceiptKey(north);
    const { liableUntil } = await bond.bondOfReceiptKey(north);
    await time.setNextBlockTimestamp(liableUntil - 1n);
    await expect(reporter.proveBrokenStart(broken, stranger))
      .to.emit(bond, "Slashed")
      .withArgs(metering, stranger, FAULT.brokenChain, stranger, STAKE / 10n, STAKE - STAKE / 10n);
  });

  it("is for the owner alone, of a key that the bond names", async () => {
    const { bond, owner, reporter, operator, stranger, north, thief } = await loadFixture(faulty);
    await expect(reporter.removeReceiptKey(north))
      .to.be.revertedWithCustomError(bond, "OperatorBond_NotOwner")
      .withArgs(operator, stranger);
    await expect(owner.removeReceiptKey(thief))
      .to.be.revertedWithCustomError(bond, "OperatorBond_NotLiable")
      .withArgs(thief, 0n, (await time.latest()) + 1);
    await owner.removeReceiptKey(north);
    const { liableUntil } = await bond.bondOfReceiptKey(north);
    await expect(owner.removeReceiptKey(north))
      .to.be.revertedWithCustomError(bond, "OperatorBond_NotLiable")
      .withArgs(north, liableUntil, (await time.latest()) + 1);
  });
});
