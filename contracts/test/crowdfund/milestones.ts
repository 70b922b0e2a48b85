import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { CONTRIBUTIONS, endedCampaign, fundedCampaign, STATUS } from "../../testing/deployCrowdfund.ts";

const { loadFixture, time } = networkHelpers;

describe("Crowdfund.announce", () => {
  it("opens the veto window, after which the release may wait for the timeout", async () => {
    const { crowdfund, as, modelOwner, campaign, id } = await loadFixture(fundedCampaign);
    const now = BigInt(await time.latest()) + 100n;
    await time.setNextBlockTimestamp(now);
    await expect(as(modelOwner).announce(campaign))
      .to.emit(crowdfund, "ReleaseAnnounced")
      .withArgs(id, 0n, now + campaign.vetoWindow);

    const { vetoUntil, overdueAfter } = await crowdfund.campaignState(id);
    expect(vetoUntil).to.equal(now + campaign.vetoWindow);
    expect(overdueAfter).to.equal(vetoUntil + campaign.timeout);
  });

  it("does so once for each milestone", async () => {
    const { crowdfund, as, modelOwner, campaign, id, releaseNext } = await loadFixture(fundedCampaign);
    await releaseNext();
    await as(modelOwner).announce(campaign);
    const { vetoUntil } = await crowdfund.campaignState(id);
    await expect(as(modelOwner).announce(campaign))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_AlreadyAnnounced")
      .withArgs(1n, vetoUntil);
  });

  it("is for whoever owns the model now", async () => {
    const { crowdfund, as, shares, modelOwner, beneficiary, stranger, campaign } = await loadFixture(fundedCampaign);
    await expect(as(beneficiary).announce(campaign))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_NotModelOwner")
      .withArgs(modelOwner, beneficiary);
    await shares.connect(modelOwner).transferOwnership(stranger);
    await expect(as(modelOwner).announce(campaign))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_NotModelOwner")
      .withArgs(stranger, modelOwner);
    await as(stranger).announce(campaign);
  });
});

describe("Crowdfund.release", () => {
  it("pays the milestone when its veto window has passed, whoever calls", async () => {
    const { crowdfund, as, token, modelOwner, beneficiary, stranger, campaign, id } = await loadFixture(fundedCampaign);
    await as(modelOwner).announce(campaign);
    const { vetoUntil } = await crowdfund.campaignState(id);
    await time.setNextBlockTimestamp(vetoUntil);
    await expect(as(stranger).release(campaign))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_VetoWindowOpen")
      .withArgs(vetoUntil, vetoUntil);

    await time.setNextBlockTimestamp(vetoUntil + 1n);
    const releasing = as(stranger).release(campaign);
    await expect(releasing).to.emit(crowdfund, "MilestoneReleased").withArgs(id, 0n, beneficiary, 200n);
    await expect(releasing).to.changeTokenBalances(ethers, token, [crowdfund, beneficiary], [-200n, 200n]);
    expect(await crowdfund.campaignState(id)).to.deep.equal([
      1_000n,
      200n,
      1n,
      0n,
      0n,
      vetoUntil + 1n + campaign.timeout,
      600n,
    ]);
  });

  it("pays one milestone after the other, and completes the campaign with the last", async () => {
    const { crowdfund, token, beneficiary, campaign, releaseNext } = await loadFixture(fundedCampaign);
    for (const amount of campaign.milestones) {
      expect(await crowdfund.status(campaign)).to.equal(STATUS.funded);
      await expect(releaseNext()).to.changeTokenBalance(ethers, token, beneficiary, amount);
    }
    expect(await crowdfund.status(campaign)).to.equal(STATUS.completed);
    expect(await token.balanceOf(crowdfund)).to.equal(0n);
  });

  it("needs an announcement of its own", async () => {
    const { crowdfund, as, modelOwner, campaign, releaseNext } = await loadFixture(fundedCampaign);
    await expect(as(modelOwner).release(campaign))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_NotAnnounced")
      .withArgs(0n);
    await releaseNext();
    await expect(as(modelOwner).release(campaign))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_NotAnnounced")
      .withArgs(1n);
  });
});

describe("Crowdfund.veto", () => {
  it("counts contributions, and ends the campaign at the threshold", async () => {
    const { crowdfund, as, modelOwner, alice, carol, campaign, id } = await loadFixture(fundedCampaign);
    await as(modelOwner).announce(campaign);
    await expect(as(carol).veto(campaign))
      .to.emit(crowdfund, "ReleaseVetoed")
      .withArgs(id, 0n, carol, CONTRIBUTIONS.carol, CONTRIBUTIONS.carol);
    expect((await crowdfund.campaignState(id)).vetoes).to.equal(CONTRIBUTIONS.carol);
    expect(await crowdfund.status(campaign)).to.equal(STATUS.funded);

    const vetoing = as(alice).veto(campaign);
    await expect(vetoing).to.emit(crowdfund, "ReleaseVetoed").withArgs(id, 0n, alice, CONTRIBUTIONS.alice, 700n);
    await expect(vetoing).to.emit(crowdfund, "CampaignEnded").withArgs(id, 0n);
    expect(await crowdfund.status(campaign)).to.equal(STATUS.ended);
  });

  it("ends the campaign at exactly the threshold, and not a unit below", async () => {
    const { crowdfund, as, modelOwner, alice, bob, campaign } = await loadFixture(fundedCampaign);
    for (const [vetoThresholdBps, status] of [
      [3_001n, STATUS.funded],
      [2_999n, STATUS.ended],
      [3_000n, STATUS.ended],
    ] as const) {
      const terms = { ...campaign, allocation: 1n, vetoThresholdBps };
      await as(modelOwner).create(terms);
      await as(bob).contribute(terms, 300n);
      await as(alice).contribute(terms, 700n);
      await as(modelOwner).announce(terms);
      await as(bob).veto(terms);
      expect(await crowdfund.status(terms)).to.equal(status);
    }
  });

  it("counts one contributor once for each release", async () => {
    const { crowdfund, as, modelOwner, carol, campaign, id, announceAndWait } = await loadFixture(fundedCampaign);
    await as(modelOwner).announce(campaign);
    await as(carol).veto(campaign);
    await expect(as(carol).veto(campaign))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_AlreadyVetoed")
      .withArgs(carol, 0n);

    await time.increase(campaign.vetoWindow + 1n);
    await as(modelOwner).release(campaign);
    await as(modelOwner).announce(campaign);
    expect((await crowdfund.campaignState(id)).vetoes).to.equal(0n);
    await expect(as(carol).veto(campaign)).to.emit(crowdfund, "ReleaseVetoed").withArgs(id, 1n, carol, 200n, 200n);
    await time.increase(campaign.vetoWindow + 1n);
    await as(modelOwner).release(campaign);
    await announceAndWait();
  });

  it("is heard until the window closes", async () => {
    const { crowdfund, as, modelOwner, bob, carol, campaign, id } = await loadFixture(fundedCampaign);
    await as(modelOwner).announce(campaign);
    const { vetoUntil } = await crowdfund.campaignState(id);
    await time.setNextBlockTimestamp(vetoUntil);
    await as(carol).veto(campaign);
    await time.setNextBlockTimestamp(vetoUntil + 1n);
    await expect(as(bob).veto(campaign))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_VetoWindowClosed")
      .withArgs(vetoUntil, vetoUntil + 1n);
  });

  it("needs an announced release, and a contribution", async () => {
    const { crowdfund, as, modelOwner, bob, stranger, campaign } = await loadFixture(fundedCampaign);
    await expect(as(bob).veto(campaign))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_NotAnnounced")
      .withArgs(0n);
    await as(modelOwner).announce(campaign);
    await expect(as(stranger).veto(campaign))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_NoContribution")
      .withArgs(stranger);
  });
});

describe("Crowdfund.end", () => {
  it("ends a campaign whose next release was not announced in time, whoever calls", async () => {
    const { crowdfund, as, stranger, campaign, id, releaseNext } = await loadFixture(fundedCampaign);
    await releaseNext();
    const { overdueAfter } = await crowdfund.campaignState(id);
    await time.setNextBlockTimestamp(overdueAfter);
    await expect(as(stranger).end(campaign))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_NotOverdue")
      .withArgs(overdueAfter, overdueAfter);

    await time.setNextBlockTimestamp(overdueAfter + 1n);
    await expect(as(stranger).end(campaign)).to.emit(crowdfund, "CampaignEnded").withArgs(id, 200n);
    expect(await crowdfund.status(campaign)).to.equal(STATUS.ended);
  });

  it("is all that is left of a campaign that is overdue, and takes until the last second", async () => {
    const { crowdfund, as, modelOwner, stranger, campaign, id } = await loadFixture(fundedCampaign);
    for (const act of ["announce", "release"] as const) {
      const { overdueAfter } = await crowdfund.campaignState(id);
      const snapshot = await networkHelpers.takeSnapshot();
      await time.setNextBlockTimestamp(overdueAfter + 1n);
      await expect(as(modelOwner)[act](campaign))
        .to.be.revertedWithCustomError(crowdfund, "Crowdfund_Overdue")
        .withArgs(overdueAfter, overdueAfter + 1n);
      await as(stranger).end(campaign);
      await snapshot.restore();
      await time.setNextBlockTimestamp(overdueAfter);
      await as(modelOwner)[act](campaign);
    }
  });
});

describe("A campaign that ended", () => {
  it("announces, vetoes, releases and ends nothing more", async () => {
    const { crowdfund, as, modelOwner, alice, campaign } = await loadFixture(endedCampaign);
    await time.increase(campaign.vetoWindow + campaign.timeout + 1n);
    for (const act of [
      () => as(modelOwner).announce(campaign),
      () => as(alice).veto(campaign),
      () => as(modelOwner).release(campaign),
      () => as(alice).end(campaign),
      () => as(alice).contribute(campaign, 1n),
    ])
      await expect(act()).to.be.revertedWithCustomError(crowdfund, "Crowdfund_WrongStatus").withArgs(STATUS.ended);
  });
});
