import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";

const { loadFixture } = networkHelpers;
const [OPERATOR, TREASURY] = [0n, 1n];

async function releasedRevenue() {
  const joulemint = await deployJoulemint();
  const { credits, offering, openSession, voucher } = joulemint;
  const row = await voucher(await openSession(), THOUSAND_CREDITS);
  await credits.settleAndRelease(offering, row, ethers.ZeroHash);
  return joulemint;
}

describe("Credits.claim", () => {
  it("pays the account of the role, whoever calls", async () => {
    const { credits, token, stranger, operator, treasury, offering, id } = await loadFixture(releasedRevenue);
    for (const [role, account, amount] of [
      [OPERATOR, operator, 800n],
      [TREASURY, treasury, 200n],
    ] as const) {
      const claiming = credits.connect(stranger).claim(offering, role);
      await expect(claiming).to.emit(credits, "SplitClaimed").withArgs(id, role, account, amount);
      await expect(claiming).to.changeTokenBalances(ethers, token, [credits, account], [-amount, amount]);
      expect(await credits.claimable(offering, role)).to.equal(0n);
    }
    expect(await credits.offeringState(id)).to.deep.equal([0n, THOUSAND_CREDITS, 2_000n, 800n, 200n]);
    expect(await token.balanceOf(credits)).to.equal(0n);
  });

  it("pays nothing twice, and does not revert", async () => {
    const { credits, offering } = await loadFixture(releasedRevenue);
    await credits.claim(offering, OPERATOR);
    expect(await credits.claim.staticCall(offering, OPERATOR)).to.equal(0n);
    await expect(credits.claim(offering, OPERATOR)).not.to.emit(credits, "SplitClaimed");
  });

  it("pays only what is new after another release", async () => {
    const { credits, offering, openSession, voucher } = await loadFixture(releasedRevenue);
    await credits.claim(offering, OPERATOR);
    const row = await voucher(await openSession(THOUSAND_CREDITS, ethers.id("2")), 500_000n);
    await credits.settleAndRelease(offering, row, ethers.ZeroHash);
    expect(await credits.claimable(offering, OPERATOR)).to.equal(400n);
    expect(await credits.claimable(offering, TREASURY)).to.equal(300n);
  });

  it("knows two roles", async () => {
    const { credits, offering } = await loadFixture(releasedRevenue);
    for (const ask of [credits.claim, credits.claimable, credits.account])
      await expect(ask(offering, 2n)).to.be.revertedWithCustomError(credits, "Credits_UnknownRole").withArgs(2n);
  });
});

describe("Credits.handOver", () => {
  it("gives the role and what is unclaimed to another account", async () => {
    const { credits, token, treasury, stranger, operator, offering, id } = await loadFixture(releasedRevenue);
    await expect(credits.connect(treasury).handOver(offering, TREASURY, stranger))
      .to.emit(credits, "AccountHandedOver")
      .withArgs(id, TREASURY, treasury, stranger);
    expect(await credits.account(offering, TREASURY)).to.equal(stranger);
    expect(await credits.account(offering, OPERATOR)).to.equal(operator);
    await expect(credits.claim(offering, TREASURY)).to.changeTokenBalance(ethers, token, stranger, 200n);
  });

  it("is for the account that holds the role", async () => {
    const { credits, operator, treasury, stranger, offering } = await loadFixture(releasedRevenue);
    await credits.connect(operator).handOver(offering, OPERATOR, stranger);
    for (const [role, caller, holder] of [
      [OPERATOR, operator, stranger],
      [OPERATOR, treasury, stranger],
      [TREASURY, operator, treasury],
    ] as const)
      await expect(credits.connect(caller).handOver(offering, role, caller))
        .to.be.revertedWithCustomError(credits, "Credits_NotAccount")
        .withArgs(holder, caller);
    await credits.connect(stranger).handOver(offering, OPERATOR, operator);
  });

  it("refuses an unknown role, unknown terms, and accounts that cannot be paid", async () => {
    const { credits, operator, offering } = await loadFixture(releasedRevenue);
    const account = credits.connect(operator);
    await expect(account.handOver(offering, 2n, operator)).to.be.revertedWithCustomError(
      credits,
      "Credits_UnknownRole",
    );
    await expect(account.handOver({ ...offering, tier: 2n }, OPERATOR, operator)).to.be.revertedWithCustomError(
      credits,
      "Credits_UnknownOffering",
    );
    for (const to of [ethers.ZeroAddress, await credits.getAddress()])
      await expect(account.handOver(offering, OPERATOR, to))
        .to.be.revertedWithCustomError(credits, "Credits_InvalidAccount")
        .withArgs(to);
  });
});
