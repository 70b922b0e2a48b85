import { expect } from "chai";
import { signMeteringKeyConsent } from "../../testing/bondConsents.ts";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployOperatorBond, STAKE, UNBONDING_DELAY } from "../../testing/deployOperatorBond.ts";

const { loadFixture } = networkHelpers;

/** A metering key without a bond, and its consent to be bonded by the operator in dollars. */
async function unbonded() {
  const joulemint = await deployOperatorBond();
  const { consents, operator, token } = joulemint;
  const key = new ethers.Wallet(ethers.id("another metering key"));
  const consent = await signMeteringKeyConsent(key, consents, operator, token);
  return { ...joulemint, key, consent };
}

describe("OperatorBond", () => {
  it("is for one Credits contract", async () => {
    const { bond, credits, stranger } = await loadFixture(unbonded);
    expect(await bond.credits()).to.equal(credits);
    expect(await bond.unbondingDelay()).to.equal(UNBONDING_DELAY);
    expect((await bond.eip712Domain()).name).to.equal("Joulemint OperatorBond");
    await expect(ethers.deployContract("OperatorBond", [stranger]))
      .to.be.revertedWithCustomError(bond, "OperatorBond_NotContract")
      .withArgs(stranger);
  });
});

describe("OperatorBond.bond", () => {
  it("stakes under a metering key that consents", async () => {
    const { bond, owner, operator, token, key, consent } = await loadFixture(unbonded);
    const bonding = owner.bond(key, token, 7n, consent);
    await expect(bonding).to.emit(bond, "Bonded").withArgs(key, operator, token);
    await expect(bonding).to.emit(bond, "StakeAdded").withArgs(key, operator, 7n, 7n);
    await expect(bonding).to.changeTokenBalances(ethers, token, [operator, bond], [-7n, 7n]);
    expect(await bond.bondOf(key)).to.deep.equal([operator.address, await token.getAddress(), 7n, 0n, false]);
    expect(await bond.receiptKeys(key)).to.deep.equal([]);
  });

  it("happens once in a key's life", async () => {
    const { bond, owner, metering, key, operator, token, consents, consent } = await loadFixture(unbonded);
    await owner.bond(key, token, 7n, consent);
    for (const bonded of [metering, key])
      await expect(owner.bond(bonded, token, 7n, await signMeteringKeyConsent(bonded, consents, operator, token)))
        .to.be.revertedWithCustomError(bond, "OperatorBond_BondExists")
        .withArgs(bonded);
  });

  it("is refused without the key's consent to this owner, in this payment token, here", async () => {
    const { bond, owner, reporter, credits, operator, stranger, token, thief, consents, key, consent } =
      await loadFixture(unbonded);
    const otherToken = await ethers.deployContract("TestDollar");
    const foreign = { ...consents, chainId: 1n };
    const elsewhere = { ...consents, verifyingContract: await credits.getAddress() };
    const refused = (bonding: Promise<unknown>) =>
      expect(bonding).to.be.revertedWithCustomError(bond, "OperatorBond_WrongSigner");

    await refused(reporter.bond(key, token, 7n, consent));
    await refused(owner.bond(key, otherToken, 7n, consent));
    await refused(owner.bond(key, token, 7n, await signMeteringKeyConsent(key, foreign, operator, token)));
    await refused(owner.bond(key, token, 7n, await signMeteringKeyConsent(key, elsewhere, operator, token)));
    await refused(owner.bond(key, token, 7n, await signMeteringKeyConsent(key, consents, stranger, token)));
    await expect(owner.bond(key, token, 7n, await signMeteringKeyConsent(thief, consents, operator, token)))
      .to.be.revertedWithCustomError(bond, "OperatorBond_WrongSigner")
      .withArgs(key, thief);
    await expect(owner.bond(key, token, 7n, "0x"))
      .to.be.revertedWithCustomError(bond, "ECDSAInvalidSignatureLength")
      .withArgs(0n);
  });

  it("is refused for nothing, and in what is no token or keeps a fee", async () => {
    const { bond, owner, operator, stranger, token, key, consents, consent } = await loadFixture(unbonded);
    await expect(owner.bond(key, token, 0n, consent)).to.be.revertedWithCustomError(bond, "OperatorBond_ZeroAmount");
    await expect(owner.bond(key, stranger, 7n, consent))
      .to.be.revertedWithCustomError(bond, "OperatorBond_NotContract")
      .withArgs(stranger);

    const fee = await ethers.deployContract("FeeToken");
    await fee.mint(operator, 7n);
    await fee.connect(operator).approve(bond, 7n);
    await expect(owner.bond(key, fee, 7n, await signMeteringKeyConsent(key, consents, operator, fee)))
      .to.be.revertedWithCustomError(bond, "Transfers_Inexact")
      .withArgs(7n, 6n);
  });
});

describe("OperatorBond.topUp", () => {
  it("adds to a stake, whoever pays", async () => {
    const { bond, reporter, stranger, token, metering } = await loadFixture(deployOperatorBond);
    const adding = reporter.topUp(metering, 5n);
    await expect(adding)
      .to.emit(bond, "StakeAdded")
      .withArgs(metering, stranger, 5n, STAKE + 5n);
    await expect(adding).to.changeTokenBalances(ethers, token, [stranger, bond], [-5n, 5n]);
  });

  it("is refused without a bond, and for nothing", async () => {
    const { bond, reporter, metering, thief } = await loadFixture(deployOperatorBond);
    await expect(reporter.topUp(thief, 5n))
      .to.be.revertedWithCustomError(bond, "OperatorBond_NotBonded")
      .withArgs(thief);
    await expect(reporter.topUp(metering, 0n)).to.be.revertedWithCustomError(bond, "OperatorBond_ZeroAmount");
  });
});
