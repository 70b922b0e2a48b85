import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployOperatorBond, STAKE, UNBONDING_DELAY } from "../../testing/deployOperatorBond.ts";

const { loadFixture, time } = networkHelpers;

/** The operator has just unbonded. */
async function unbonding() {
  const joulemint = await deployOperatorBond();
  await joulemint.owner.unbond(joulemint.metering);
  const { withdrawableAt } = await joulemint.bond.bondOf(joulemint.metering);
  const [broken] = await joulemint.sign({ ...joulemint.chain().call(joulemint.north.address), sequence: 0n });
  return { ...joulemint, withdrawableAt, broken };
}

describe("OperatorBond.unbond", () => {
  it("starts the unbonding delay, once, and shows its end", async () => {
    const { bond, owner, metering } = await loadFixture(deployOperatorBond);
    const now = BigInt(await time.latest()) + 10n;
    await time.setNextBlockTimestamp(now);
    await expect(owner.unbond(metering))
      .to.emit(bond, "UnbondingStarted")
      .withArgs(metering, now + UNBONDING_DELAY);
    expect((await bond.bondOf(metering)).withdrawableAt).to.equal(now + UNBONDING_DELAY);
    await expect(owner.unbond(metering))
      .to.be.revertedWithCustomError(bond, "OperatorBond_Unbonding")
      .withArgs(now + UNBONDING_DELAY);
  });

  it("is for the owner alone, of a bond with a stake", async () => {
    const { bond, owner, reporter, operator, stranger, metering, thief, withdrawableAt } = await loadFixture(unbonding);
    await expect(reporter.unbond(metering))
      .to.be.revertedWithCustomError(bond, "OperatorBond_NotOwner")
      .withArgs(operator, stranger);
    await expect(owner.unbond(thief)).to.be.revertedWithCustomError(bond, "OperatorBond_NotBonded").withArgs(thief);
    await time.increaseTo(withdrawableAt);
    await owner.withdraw(metering, operator);
    await expect(owner.unbond(metering))
      .to.be.revertedWithCustomError(bond, "OperatorBond_NothingStaked")
      .withArgs(metering);
  });
});

describe("OperatorBond.withdraw", () => {
  it("pays the whole stake to whom the owner names when the delay is over, with what was added", async () => {
    const { bond, owner, reporter, token, alice, metering, withdrawableAt } = await loadFixture(unbonding);
    await reporter.topUp(metering, 5n);
    expect((await bond.bondOf(metering)).withdrawableAt).to.equal(withdrawableAt);
    await time.setNextBlockTimestamp(withdrawableAt);
    const withdrawing = owner.withdraw(metering, alice);
    await expect(withdrawing)
      .to.emit(bond, "Withdrawn")
      .withArgs(metering, alice, STAKE + 5n);
    await expect(withdrawing).to.changeTokenBalances(ethers, token, [bond, alice], [-STAKE - 5n, STAKE + 5n]);
  });

  it("not before, and not without unbonding", async () => {
    const { bond, owner, operator, metering, withdrawableAt } = await loadFixture(unbonding);
    await time.setNextBlockTimestamp(withdrawableAt - 1n);
    await expect(owner.withdraw(metering, operator))
      .to.be.revertedWithCustomError(bond, "OperatorBond_NotYetWithdrawable")
      .withArgs(withdrawableAt, withdrawableAt - 1n);
    await time.increaseTo(withdrawableAt);
    await owner.withdraw(metering, operator);
    await expect(owner.withdraw(metering, operator))
      .to.be.revertedWithCustomError(bond, "OperatorBond_NotUnbonding")
      .withArgs(metering);
  });

  it("leaves an empty bond with its keys, which can be topped up and has to be unbonded again", async () => {
    const { bond, owner, operator, token, metering, north, withdrawableAt } = await loadFixture(unbonding);
    await time.increaseTo(withdrawableAt);
    await owner.withdraw(metering, operator);
    expect(await bond.bondOf(metering)).to.deep.equal([operator.address, await token.getAddress(), 0n, 0n, false]);

    await owner.topUp(metering, 9n);
    expect(await bond.bondOfReceiptKey(north)).to.deep.equal([metering.address, 0n]);
    await expect(owner.withdraw(metering, operator)).to.be.revertedWithCustomError(bond, "OperatorBond_NotUnbonding");
    await owner.unbond(metering);
    expect((await bond.bondOf(metering)).withdrawableAt).to.be.greaterThan(withdrawableAt);
  });

  it("is for the owner alone, and pays neither nobody nor the contract", async () => {
    const { bond, owner, reporter, operator, stranger, metering, thief, withdrawableAt } = await loadFixture(unbonding);
    await time.increaseTo(withdrawableAt);
    await expect(reporter.withdraw(metering, stranger))
      .to.be.revertedWithCustomError(bond, "OperatorBond_NotOwner")
      .withArgs(operator, stranger);
    await expect(owner.withdraw(thief, operator))
      .to.be.revertedWithCustomError(bond, "OperatorBond_NotBonded")
      .withArgs(thief);
    for (const to of [ethers.ZeroAddress, await bond.getAddress()])
      await expect(owner.withdraw(metering, to))
        .to.be.revertedWithCustomError(bond, "OperatorBond_InvalidRecipient")
        .withArgs(to);
  });

  it("comes too late for a stake that was slashed, which it can be until it is withdrawn", async () => {
    const { bond, owner, reporter, operator, stranger, metering, withdrawableAt, broken } =
      await loadFixture(unbonding);
    await time.increaseTo(withdrawableAt + 1n);
    await expect(reporter.proveBrokenStart(broken, stranger)).to.emit(bond, "Slashed");
    await expect(owner.withdraw(metering, operator))
      .to.be.revertedWithCustomError(bond, "OperatorBond_BondSlashed")
      .withArgs(metering);
  });

  it("leaves nothing to slash, until the bond is topped up", async () => {
    const { bond, owner, reporter, operator, stranger, metering, withdrawableAt, broken } =
      await loadFixture(unbonding);
    await time.increaseTo(withdrawableAt);
    await owner.withdraw(metering, operator);
    await expect(reporter.proveBrokenStart(broken, stranger))
      .to.be.revertedWithCustomError(bond, "OperatorBond_NothingStaked")
      .withArgs(metering);
    await owner.topUp(metering, 10n);
    await expect(reporter.proveBrokenStart(broken, stranger)).to.emit(bond, "Slashed");
  });
});
