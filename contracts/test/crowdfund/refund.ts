import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import {
  deployCrowdfund,
  endedCampaign,
  failedCampaign,
  fundedCampaign,
  STATUS,
} from "../../testing/deployCrowdfund.ts";

const { loadFixture, time } = networkHelpers;

describe("Crowdfund.refund", () => {
  it("pays everybody the whole contribution when the goal is missed by a unit", async () => {
    const { crowdfund, as, token, alice, bob, campaign, id } = await loadFixture(failedCampaign);
    expect(await crowdfund.status(campaign)).to.equal(STATUS.failed);
    for (const [contributor, amount] of [
      [alice, 500n],
      [bob, 499n],
    ] as const) {
      const refunding = as(contributor).refund(campaign, contributor);
      await expect(refunding).to.emit(crowdfund, "Refunded").withArgs(id, contributor, contributor, amount);
      await expect(refunding).to.changeTokenBalances(ethers, token, [crowdfund, contributor], [-amount, amount]);
    }
    expect(await token.balanceOf(crowdfund)).to.equal(0n);
  });

  it("pays the unspent part, to whom the contributor says, when contributors ended the campaign", async () => {
    const { crowdfund, as, token, alice, bob, carol, stranger, campaign, id } = await loadFixture(endedCampaign);
    // 200 of 1,000 are spent.
    for (const [contributor, amount] of [
      [alice, 400n],
      [bob, 240n],
      [carol, 160n],
    ] as const) {
      const refunding = as(contributor).refund(campaign, stranger);
      await expect(refunding).to.emit(crowdfund, "Refunded").withArgs(id, contributor, stranger, amount);
      await expect(refunding).to.changeTokenBalances(ethers, token, [crowdfund, stranger], [-amount, amount]);
    }
    expect((await crowdfund.contribution(id, alice)).refunded).to.equal(true);
    expect(await token.balanceOf(crowdfund)).to.equal(0n);
  });

  it("rounds down, and leaves less than a unit of each contributor", async () => {
    const { crowdfund, as, token, modelOwner, alice, bob, carol, campaign } = await loadFixture(deployCrowdfund);
    const odd = { ...campaign, goal: 10n, milestones: [3n, 7n], vetoThresholdBps: 1n };
    await as(modelOwner).create(odd);
    for (const [contributor, amount] of [
      [alice, 1n],
      [bob, 3n],
      [carol, 6n],
    ] as const)
      await as(contributor).contribute(odd, amount);
    await as(modelOwner).announce(odd);
    await time.increase(odd.vetoWindow + 1n);
    await as(modelOwner).release(odd);
    await as(modelOwner).announce(odd);
    await as(alice).veto(odd);

    // 7/10 of 1, 3 and 6 are 0.7, 2.1 and 4.2.
    for (const [contributor, amount] of [
      [alice, 0n],
      [bob, 2n],
      [carol, 4n],
    ] as const)
      await expect(as(contributor).refund(odd, contributor)).to.changeTokenBalance(ethers, token, contributor, amount);
    expect(await token.balanceOf(crowdfund)).to.equal(1n);
  });

  it("pays nobody twice", async () => {
    for (const stage of [failedCampaign, endedCampaign]) {
      const { crowdfund, as, alice, campaign } = await loadFixture(stage);
      await as(alice).refund(campaign, alice);
      await expect(as(alice).refund(campaign, alice))
        .to.be.revertedWithCustomError(crowdfund, "Crowdfund_AlreadyRefunded")
        .withArgs(alice);
    }
  });

  it("pays nobody who contributed nothing, and nothing to where it would be lost", async () => {
    const { crowdfund, as, alice, stranger, campaign } = await loadFixture(failedCampaign);
    await expect(as(stranger).refund(campaign, stranger))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_NoContribution")
      .withArgs(stranger);
    for (const to of [ethers.ZeroAddress, await crowdfund.getAddress()])
      await expect(as(alice).refund(campaign, to))
        .to.be.revertedWithCustomError(crowdfund, "Crowdfund_InvalidAccount")
        .withArgs(to);
  });

  it("pays nothing of a campaign that may still succeed, or did", async () => {
    const { as: asFunding, alice: early, campaign: funding, crowdfund } = await loadFixture(deployCrowdfund);
    await asFunding(early).contribute(funding, 1n);
    await expect(asFunding(early).refund(funding, early))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_WrongStatus")
      .withArgs(STATUS.funding);

    const { as, alice, campaign, releaseNext } = await loadFixture(fundedCampaign);
    for (const status of [STATUS.funded, STATUS.completed]) {
      await expect(as(alice).refund(campaign, alice))
        .to.be.revertedWithCustomError(crowdfund, "Crowdfund_WrongStatus")
        .withArgs(status);
      if (status === STATUS.funded) for (const _ of campaign.milestones) await releaseNext();
    }
  });
});
