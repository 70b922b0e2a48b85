import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { crowdfundIn } from "../testing/deployCrowdfund.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";

const { loadFixture, time } = networkHelpers;
const { ZeroHash } = ethers;

/** An offering in a token that blocks accounts and moves no nothing, a wallet of a thousand credits and a session of as many. */
async function blockingToken() {
  const joulemint = await deployJoulemint();
  const { credits, consumer, modelOwner, alice, register, signer } = joulemint;
  const token = await ethers.deployContract("BlockingToken");
  const shares = await ethers.deployContract("Shares", ["Blocking", "BLK", token, modelOwner, [alice], [1n]]);
  const offering = { ...joulemint.offering, model: await shares.getAddress(), paymentToken: await token.getAddress() };
  const id = await register(offering);
  const owner = credits.connect(consumer);
  await token.mint(consumer, 1_000_000n);
  await token.connect(consumer).approve(credits, ethers.MaxUint256);
  await owner.buy(offering, THOUSAND_CREDITS, consumer);
  await owner.buyAndOpen(offering, signer, ZeroHash, THOUSAND_CREDITS);
  const session = await credits.sessionId(id, consumer, signer, ZeroHash);
  const closable = async () => {
    await owner.requestClose(offering, signer, ZeroHash);
    await time.increase(3_600n);
  };
  return { ...joulemint, token, shares, offering, id, session, owner, closable };
}

describe("Credits, when the payment token blocks an account", () => {
  it("redeems and closes to another account", async () => {
    const { token, owner, consumer, stranger, signer, offering, closable } = await loadFixture(blockingToken);
    await token.blockAccount(consumer);
    const blocked = (acting: Promise<unknown>) =>
      expect(acting).to.be.revertedWithCustomError(token, "Blocked").withArgs(consumer);
    await blocked(owner.redeem(offering, THOUSAND_CREDITS, consumer));
    await expect(owner.redeem(offering, THOUSAND_CREDITS, stranger)).to.changeTokenBalance(
      ethers,
      token,
      stranger,
      2_000n,
    );
    await closable();
    await blocked(owner.close(offering, signer, ZeroHash, consumer, "0x"));
    const closing = owner.close(offering, signer, ZeroHash, stranger, "0x");
    await expect(closing).to.changeTokenBalance(ethers, token, stranger, 2_000n);
  });

  it("holds up neither the other role, nor shareholders, nor consumers, when it is the operator's", async () => {
    const { credits, token, shares, owner, operator, treasury, alice, stranger, consumer, offering, session, voucher } =
      await loadFixture(blockingToken);
    await token.blockAccount(operator);
    await credits.settleAndRelease(offering, await voucher(session, THOUSAND_CREDITS), ZeroHash);
    await expect(credits.claim(offering, 0n)).to.be.revertedWithCustomError(token, "Blocked").withArgs(operator);
    await expect(credits.claim(offering, 1n)).to.changeTokenBalance(ethers, token, treasury, 200n);
    await expect(shares.claim(alice)).to.changeTokenBalance(ethers, token, alice, 1_000n);
    await expect(owner.redeem(offering, THOUSAND_CREDITS, consumer)).to.changeTokenBalance(
      ethers,
      token,
      consumer,
      2_000n,
    );
    await credits.connect(operator).handOver(offering, 0n, stranger);
    await expect(credits.claim(offering, 0n)).to.changeTokenBalance(ethers, token, stranger, 800n);
  });
});

describe("When the payment token refuses to move nothing", () => {
  it("Credits closes a session that is used up, and redeems credits that are worth less than a unit", async () => {
    const { credits, token, owner, consumer, signer, offering, id, session, voucher, closable } =
      await loadFixture(blockingToken);
    await expect(token.transfer(consumer, 0n)).to.be.revertedWithCustomError(token, "NothingToMove");
    await credits.settleAndRelease(offering, await voucher(session, THOUSAND_CREDITS), ZeroHash);
    await closable();
    await expect(owner.close(offering, signer, ZeroHash, consumer, "0x"))
      .to.emit(credits, "SessionClosed")
      .withArgs(id, session, consumer, 0n, 0n);
    await expect(owner.redeem(offering, 1n, consumer))
      .to.emit(credits, "Redeemed")
      .withArgs(id, consumer, consumer, 1n, 0n);
  });

  it("Crowdfund refunds a contribution of which less than a unit is left", async () => {
    const { crowdfund, as, modelOwner, alice, bob, ...deployed } = await crowdfundIn("BlockingToken");
    const campaign = { ...deployed.campaign, goal: 10n, milestones: [3n, 7n], vetoThresholdBps: 1n };
    await as(modelOwner).create(campaign);
    await as(alice).contribute(campaign, 1n);
    await as(bob).contribute(campaign, 9n);
    await as(modelOwner).announce(campaign);
    await time.increase(campaign.vetoWindow + 1n);
    await as(modelOwner).release(campaign);
    await as(modelOwner).announce(campaign);
    await as(alice).veto(campaign);
    await expect(as(alice).refund(campaign, alice))
      .to.emit(crowdfund, "Refunded")
      .withArgs(await crowdfund.campaignId(campaign), alice, alice, 0n);
  });
});
