import { expect } from "chai";
import { FAULT } from "../../testing/accusations.ts";
import { signMeteringKeyConsent, signReceiptKeyConsent } from "../../testing/bondConsents.ts";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { BURN, deployOperatorBond, STAKE } from "../../testing/deployOperatorBond.ts";

const { loadFixture } = networkHelpers;

/** Two receipts that break the start of their chains: two faults. */
async function faulty() {
  const joulemint = await deployOperatorBond();
  const { chain, north, east, sign } = joulemint;
  const [broken, another] = await sign(
    { ...chain().call(north.address), sequence: 0n },
    { ...chain().call(east.address), cumulative: 0n },
  );
  return { ...joulemint, broken, another };
}

describe("OperatorBond, when a fault is proven", () => {
  it("pays a tenth to whom the reporter names and burns the rest", async () => {
    const { bond, reporter, stranger, alice, token, metering, broken } = await loadFixture(faulty);
    const [reward, burned] = [100_000_000n, 900_000_005n];
    const proving = reporter.proveBrokenStart(broken, alice);
    await expect(proving)
      .to.emit(bond, "Slashed")
      .withArgs(metering, stranger, FAULT.brokenChain, alice, reward, burned);
    await expect(proving).to.changeTokenBalances(ethers, token, [bond, alice, BURN], [-STAKE, reward, burned]);
  });

  it("takes what is there: topped up, and unbonding", async () => {
    const { bond, owner, reporter, stranger, token, metering, broken } = await loadFixture(faulty);
    await owner.unbond(metering);
    await owner.topUp(metering, STAKE);
    await expect(reporter.proveBrokenStart(broken, stranger)).to.changeTokenBalances(
      ethers,
      token,
      [bond, stranger],
      [-2n * STAKE, (2n * STAKE) / 10n],
    );
  });

  it("ends the bond for ever, so that no fault is slashed twice", async () => {
    const { bond, owner, reporter, operator, stranger, token, metering, north, thief, consents, broken, another } =
      await loadFixture(faulty);
    await reporter.proveBrokenStart(broken, stranger);
    const [, , stake, withdrawableAt, slashed] = await bond.bondOf(metering);
    expect([stake, withdrawableAt, slashed]).to.deep.equal([0n, 0n, true]);
    for (const fault of [broken, another])
      await expect(reporter.proveBrokenStart(fault, stranger))
        .to.be.revertedWithCustomError(bond, "OperatorBond_NothingStaked")
        .withArgs(metering);

    const consent = await signReceiptKeyConsent(thief, consents, metering);
    for (const use of [
      owner.topUp(metering, 1n),
      owner.addReceiptKey(metering, thief, consent),
      owner.removeReceiptKey(north),
      owner.unbond(metering),
      owner.withdraw(metering, operator),
    ])
      await expect(use).to.be.revertedWithCustomError(bond, "OperatorBond_BondSlashed").withArgs(metering);
    await expect(owner.bond(metering, token, 1n, await signMeteringKeyConsent(metering, consents, operator, token)))
      .to.be.revertedWithCustomError(bond, "OperatorBond_BondExists")
      .withArgs(metering);
  });

  it("leaves other bonds alone, which no fault of a slashed one can reach", async () => {
    const { bond, reporter, stranger, token, metering, north, consents, broken } = await loadFixture(faulty);
    const other = new ethers.Wallet(ethers.id("another metering key"));
    await reporter.bond(other, token, 7n, await signMeteringKeyConsent(other, consents, stranger, token));
    await reporter.proveBrokenStart(broken, stranger);
    expect((await bond.bondOf(other)).stake).to.equal(7n);
    expect(await token.balanceOf(bond)).to.equal(7n);
    await expect(reporter.addReceiptKey(other, north, await signReceiptKeyConsent(north, consents, other)))
      .to.be.revertedWithCustomError(bond, "OperatorBond_ReceiptKeyTaken")
      .withArgs(north, metering);
  });

  for (const { stake, reward } of [
    { stake: 1n, reward: 0n },
    { stake: 9n, reward: 0n },
    { stake: 10n, reward: 1n },
    { stake: 19n, reward: 1n },
  ])
    it(`rewards ${reward} of a stake of ${stake}`, async () => {
      const { reporter, stranger, token, thief, consents, chain, sign } = await loadFixture(faulty);
      const other = new ethers.Wallet(ethers.id("another metering key"));
      await reporter.bond(other, token, stake, await signMeteringKeyConsent(other, consents, stranger, token));
      await reporter.addReceiptKey(other, thief, await signReceiptKeyConsent(thief, consents, other));
      const [broken] = await sign({ ...chain().call(thief.address), sequence: 0n });
      const proving = reporter.proveBrokenStart(broken, stranger);
      await expect(proving).to.changeTokenBalances(ethers, token, [stranger, BURN], [reward, stake - reward]);
      const transfers = (await (await proving).wait())?.logs.filter(({ address }) => address === token.target);
      expect(transfers).to.have.length(reward === 0n ? 1 : 2);
    });

  it("pays neither nobody nor the contract", async () => {
    const { bond, reporter, broken } = await loadFixture(faulty);
    for (const to of [ethers.ZeroAddress, await bond.getAddress()])
      await expect(reporter.proveBrokenStart(broken, to))
        .to.be.revertedWithCustomError(bond, "OperatorBond_InvalidRecipient")
        .withArgs(to);
  });
});
