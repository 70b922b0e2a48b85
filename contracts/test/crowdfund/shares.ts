import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import {
  deployCrowdfund,
  endedCampaign,
  failedCampaign,
  fund,
  fundedCampaign,
  STATUS,
} from "../../testing/deployCrowdfund.ts";

const { loadFixture, time } = networkHelpers;

async function completedCampaign() {
  const crowdfund = await fundedCampaign();
  // Alice's shares are locked for her, bob's are still in the allocation.
  await crowdfund.crowdfund.lockShares(crowdfund.campaign, crowdfund.alice);
  for (const _ of crowdfund.campaign.milestones) await crowdfund.releaseNext();
  return crowdfund;
}

/** 10 shares for three contributors of 1, 2 and 4 of 7 base units, all of it spent in one milestone or not at all. */
async function oddCampaign() {
  const crowdfund = await deployCrowdfund();
  const { as, modelOwner, alice, bob, carol } = crowdfund;
  const campaign = { ...crowdfund.campaign, goal: 7n, allocation: 10n, milestones: [3n, 4n], vetoThresholdBps: 1n };
  await as(modelOwner).create(campaign);
  for (const [contributor, amount] of [
    [alice, 1n],
    [bob, 2n],
    [carol, 4n],
  ] as const)
    await as(contributor).contribute(campaign, amount);
  return { ...crowdfund, campaign, id: await crowdfund.crowdfund.campaignId(campaign) };
}

describe("Crowdfund.lockShares", () => {
  it("lets a contributor's shares earn for it while milestones are open, whoever calls", async () => {
    const { crowdfund, as, token, shares, vault, alice, treasury, stranger, campaign, id } =
      await loadFixture(fundedCampaign);
    await expect(as(stranger).lockShares(campaign, alice))
      .to.emit(crowdfund, "SharesLocked")
      .withArgs(id, alice, 2n, 300n);
    expect(await crowdfund.contribution(id, alice)).to.deep.equal([500n, true, 2n, false, false, false]);
    expect((await crowdfund.campaignState(id)).unassigned).to.equal(300n);
    expect(await shares.balanceOf(crowdfund)).to.equal(0n);
    expect(await vault.held(shares)).to.equal(600n);

    await token.mint(shares, 1_000_000n);
    await shares.accrue();
    await expect(vault.claim(2n)).to.changeTokenBalance(ethers, token, alice, 300n);
    await expect(vault.claim(1n)).to.changeTokenBalance(ethers, token, treasury, 300n);
  });

  it("does so once", async () => {
    const { crowdfund, as, alice, campaign } = await loadFixture(fundedCampaign);
    await as(alice).lockShares(campaign, alice);
    await expect(as(alice).lockShares(campaign, alice))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_AlreadyLocked")
      .withArgs(alice);
  });

  it("locks nothing for who contributed nothing, nor before the goal is reached", async () => {
    const { crowdfund, as, stranger, campaign } = await loadFixture(fundedCampaign);
    await expect(as(stranger).lockShares(campaign, stranger))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_NoContribution")
      .withArgs(stranger);

    const { as: asFunding, alice, campaign: funding } = await loadFixture(deployCrowdfund);
    await asFunding(alice).contribute(funding, 999n);
    await expect(asFunding(alice).lockShares(funding, alice))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_WrongStatus")
      .withArgs(STATUS.funding);
  });

  it("locks none for a contribution that is worth less than one", async () => {
    const { crowdfund, as, vault, shares, modelOwner, alice, bob, campaign } = await loadFixture(deployCrowdfund);
    const scarce = { ...campaign, allocation: 1n };
    await as(modelOwner).create(scarce);
    await as(alice).contribute(scarce, 1n);
    await as(bob).contribute(scarce, 999n);
    const id = await crowdfund.campaignId(scarce);

    for (const contributor of [alice, bob])
      await expect(as(contributor).lockShares(scarce, contributor))
        .to.emit(crowdfund, "SharesLocked")
        .withArgs(id, contributor, 0n, 0n);
    expect(await vault.held(shares)).to.equal(601n);
    await expect(as(alice).lockShares(scarce, alice)).to.be.revertedWithCustomError(
      crowdfund,
      "Crowdfund_AlreadyLocked",
    );
  });
});

describe("Crowdfund.takeShares", () => {
  it("frees them all when all milestones are released, whether they were locked or not", async () => {
    const { crowdfund, as, shares, alice, bob, stranger, campaign, id } = await loadFixture(completedCampaign);
    for (const [contributor, to, due] of [
      [alice, alice, 300n],
      [bob, stranger, 180n],
    ] as const) {
      const taking = as(contributor).takeShares(campaign, to);
      await expect(taking).to.emit(crowdfund, "SharesTaken").withArgs(id, contributor, to, due);
      await expect(taking).to.changeTokenBalance(ethers, shares, to, due);
      await expect(taking).not.to.emit(crowdfund, "SharesSurrendered");
      expect((await crowdfund.contribution(id, contributor)).taken).to.equal(true);
    }
    expect((await crowdfund.campaignState(id)).unassigned).to.equal(120n);
  });

  it("is for the contributor alone, whose shares vote until then, so that nobody can take votes away", async () => {
    const { crowdfund, as, shares, vault, alice, bob, stranger, campaign } = await loadFixture(completedCampaign);
    await vault.connect(alice).delegate(2n, bob);
    await expect(as(stranger).takeShares(campaign, alice))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_NoContribution")
      .withArgs(stranger);
    await as(stranger).surrenderShares(campaign, alice);
    expect(await shares.getVotes(bob)).to.equal(300n);
    await as(alice).takeShares(campaign, alice);
    expect(await shares.getVotes(bob)).to.equal(0n);
  });

  it("leaves what is kept to vote when the campaign has ended, too", async () => {
    const { as, shares, vault, bob, stranger, campaign, alice } = await loadFixture(endedCampaign);
    await as(stranger).lockShares(campaign, alice);
    await vault.connect(alice).delegate(2n, bob);
    await as(stranger).surrenderShares(campaign, alice);
    expect(await shares.getVotes(bob)).to.equal(60n);
    expect(await as(alice).takeShares.staticCall(campaign, alice)).to.equal(60n);
  });

  it("sends them nowhere where they would be lost", async () => {
    const { crowdfund, as, vault, alice, campaign } = await loadFixture(completedCampaign);
    for (const to of [ethers.ZeroAddress, await crowdfund.getAddress()])
      await expect(as(alice).takeShares(campaign, to))
        .to.be.revertedWithCustomError(crowdfund, "Crowdfund_InvalidAccount")
        .withArgs(to);
    for (const to of [await vault.getAddress(), await vault.boxOf(2n)])
      await expect(as(alice).takeShares(campaign, to))
        .to.be.revertedWithCustomError(vault, "ShareVault_InvalidAccount")
        .withArgs(to);
  });

  it("keeps what matches the spent part, and gives the treasury the rest, when the campaign ended", async () => {
    const { crowdfund, as, shares, vault, treasury, alice, bob, carol, campaign, id } =
      await loadFixture(endedCampaign);
    // 200 of 1,000 are spent. Nobody needs a refund first, and a refund changes nothing.
    await crowdfund.connect(bob).refund(campaign, bob);
    for (const [contributor, kept, surrendered] of [
      [alice, 60n, 240n],
      [bob, 36n, 144n],
      [carol, 24n, 96n],
    ] as const) {
      const taking = as(contributor).takeShares(campaign, contributor);
      await expect(taking).to.emit(crowdfund, "SharesTaken").withArgs(id, contributor, contributor, kept);
      await expect(taking).to.emit(crowdfund, "SharesSurrendered").withArgs(id, contributor, surrendered);
      await expect(taking).to.changeTokenBalances(ethers, shares, [contributor, treasury], [kept, surrendered]);
    }
    expect(await vault.held(shares)).to.equal(0n);
  });

  it("is held up by no treasury, not even by one that is the lock's own box", async () => {
    const deployed = await loadFixture(deployCrowdfund);
    const { crowdfund, as, shares, vault, modelOwner, alice } = deployed;
    const treasury = await vault.boxOf(3n);
    const campaign = { ...deployed.campaign, treasury, vetoThresholdBps: 1n };
    await as(modelOwner).create(campaign);
    const { releaseNext } = await fund({ ...deployed, campaign });
    await crowdfund.lockShares(campaign, alice);
    await releaseNext();
    await as(modelOwner).announce(campaign);
    await as(alice).veto(campaign);
    const taking = as(alice).takeShares(campaign, alice);
    await expect(taking).to.changeTokenBalances(ethers, shares, [alice, treasury], [60n, -60n]);
    expect(await shares.balanceOf(treasury)).to.equal(240n);
  });

  it("takes them out of the lock, which earned for the contributor until then", async () => {
    const { crowdfund, as, token, shares, vault, modelOwner, bob, carol, treasury, campaign } =
      await loadFixture(fundedCampaign);
    await crowdfund.lockShares(campaign, carol);
    await token.mint(shares, 1_000_000n);
    await shares.accrue();
    await as(modelOwner).announce(campaign);
    await as(bob).veto(campaign);

    // Nothing is spent, so that nothing is kept but what the shares have earned.
    const taking = as(carol).takeShares(campaign, carol);
    await expect(taking).to.changeTokenBalances(ethers, shares, [carol, treasury], [0n, 120n]);
    await expect(vault.claim(2n)).to.changeTokenBalance(ethers, token, carol, 120n);
  });

  it("gives nothing twice, nor to who contributed nothing", async () => {
    const { crowdfund, as, alice, bob, stranger, campaign } = await loadFixture(completedCampaign);
    for (const contributor of [alice, bob]) {
      await as(contributor).takeShares(campaign, contributor);
      await expect(as(contributor).takeShares(campaign, contributor))
        .to.be.revertedWithCustomError(crowdfund, "Crowdfund_AlreadyTaken")
        .withArgs(contributor);
    }
    await expect(as(stranger).takeShares(campaign, stranger))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_NoContribution")
      .withArgs(stranger);
  });

  it("gives nothing while milestones are open, nor when the goal was missed", async () => {
    for (const [stage, status] of [
      [fundedCampaign, STATUS.funded],
      [failedCampaign, STATUS.failed],
    ] as const) {
      const { crowdfund, as, alice, campaign } = await loadFixture<Awaited<ReturnType<typeof failedCampaign>>>(stage);
      for (const act of ["takeShares", "surrenderShares"] as const)
        await expect(as(alice)[act](campaign, alice))
          .to.be.revertedWithCustomError(crowdfund, "Crowdfund_WrongStatus")
          .withArgs(status);
    }
  });
});

describe("Crowdfund.lockShares, when the campaign is over", () => {
  it("lets the shares of who never comes earn for them, before or after the rest is surrendered", async () => {
    const { crowdfund, as, shares, token, vault, alice, bob, stranger, treasury, campaign, id } =
      await loadFixture(endedCampaign);
    await as(stranger).surrenderShares(campaign, alice);
    await expect(as(stranger).lockShares(campaign, alice))
      .to.emit(crowdfund, "SharesLocked")
      .withArgs(id, alice, 2n, 60n);
    await as(stranger).lockShares(campaign, bob);
    await expect(as(stranger).surrenderShares(campaign, bob)).to.changeTokenBalance(ethers, shares, treasury, 144n);
    // 60, 36 and carol's 120 of 1,000,000 shares.
    await token.mint(shares, 1_000_000n);
    await expect(vault.claim(2n)).to.changeTokenBalance(ethers, token, alice, 60n);
    await expect(vault.claim(3n)).to.changeTokenBalance(ethers, token, bob, 36n);
    await expect(vault.claim(1n)).to.changeTokenBalance(ethers, token, treasury, 120n);
    for (const [contributor, kept] of [
      [alice, 60n],
      [bob, 36n],
    ] as const)
      await expect(as(contributor).takeShares(campaign, contributor)).to.changeTokenBalance(
        ethers,
        shares,
        contributor,
        kept,
      );
    expect(await vault.held(shares)).to.equal(120n);
  });

  it("locks nothing of who has taken its shares", async () => {
    const { crowdfund, as, bob, campaign } = await loadFixture(completedCampaign);
    await as(bob).takeShares(campaign, bob);
    await expect(as(bob).lockShares(campaign, bob))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_AlreadyTaken")
      .withArgs(bob);
  });
});

describe("Crowdfund.surrenderShares", () => {
  it("gives the treasury what a contributor does not keep, once and whoever calls; the rest waits for it", async () => {
    const { crowdfund, as, shares, vault, treasury, alice, bob, stranger, campaign, id } =
      await loadFixture(endedCampaign);
    for (const [contributor, surrendered, kept] of [
      [alice, 240n, 60n],
      [bob, 144n, 36n],
    ] as const) {
      const surrendering = as(stranger).surrenderShares(campaign, contributor);
      await expect(surrendering).to.emit(crowdfund, "SharesSurrendered").withArgs(id, contributor, surrendered);
      await expect(surrendering).to.changeTokenBalances(ethers, shares, [contributor, treasury], [0n, surrendered]);
      expect(await crowdfund.surrenderShares.staticCall(campaign, contributor)).to.equal(0n);
      await expect(crowdfund.surrenderShares(campaign, contributor)).not.to.emit(shares, "Transfer");
      const taking = as(contributor).takeShares(campaign, contributor);
      await expect(taking).to.changeTokenBalances(ethers, shares, [contributor, treasury], [kept, 0n]);
      const { surrendered: is, taken } = await crowdfund.contribution(id, contributor);
      expect([is, taken]).to.deep.equal([true, true]);
    }
    expect((await crowdfund.campaignState(id)).unassigned).to.equal(120n);
    expect(await vault.held(shares)).to.equal(120n);
    await expect(crowdfund.surrenderShares(campaign, stranger))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_NoContribution")
      .withArgs(stranger);
  });
});

describe("Crowdfund.returnShares", () => {
  it("gives the treasury the whole allocation when the goal was missed, once", async () => {
    const { crowdfund, shares, treasury, campaign, id } = await loadFixture(failedCampaign);
    const returning = crowdfund.returnShares(campaign);
    await expect(returning).to.emit(crowdfund, "SharesReturned").withArgs(id, 600n);
    await expect(returning).to.changeTokenBalance(ethers, shares, treasury, 600n);
    await expect(crowdfund.returnShares(campaign)).not.to.emit(crowdfund, "SharesReturned");
  });

  it("gives the treasury what rounding left, when everybody's shares are locked", async () => {
    const { crowdfund, shares, treasury, alice, bob, carol, campaign, id } = await loadFixture(oddCampaign);
    // 10/7 of 1, 2 and 4 are 1.4, 2.9 and 5.7.
    for (const [contributor, due] of [
      [alice, 1n],
      [bob, 2n],
      [carol, 5n],
    ] as const) {
      await expect(crowdfund.returnShares(campaign)).not.to.emit(crowdfund, "SharesReturned");
      await expect(crowdfund.lockShares(campaign, contributor))
        .to.emit(crowdfund, "SharesLocked")
        .withArgs(id, contributor, () => true, due);
    }
    await expect(crowdfund.returnShares(campaign)).to.changeTokenBalance(ethers, shares, treasury, 2n);
    await expect(crowdfund.returnShares(campaign)).not.to.emit(crowdfund, "SharesReturned");
  });

  it("gives it, too, when shares were taken out of the allocation", async () => {
    const { crowdfund, as, shares, vault, treasury, modelOwner, alice, bob, carol, campaign, id } =
      await loadFixture(oddCampaign);
    await as(modelOwner).announce(campaign);
    await time.increase(campaign.vetoWindow + 1n);
    await as(modelOwner).release(campaign);
    await as(modelOwner).announce(campaign);
    await as(alice).veto(campaign);

    // 3/7 of 1, 2 and 5 shares are 0.4, 0.9 and 2.1.
    for (const [contributor, kept, surrendered] of [
      [alice, 0n, 1n],
      [bob, 0n, 2n],
      [carol, 2n, 3n],
    ] as const)
      await expect(as(contributor).takeShares(campaign, contributor))
        .to.emit(crowdfund, "SharesTaken")
        .withArgs(id, contributor, contributor, kept)
        .and.to.emit(crowdfund, "SharesSurrendered")
        .withArgs(id, contributor, surrendered);
    await expect(crowdfund.returnShares(campaign)).to.changeTokenBalance(ethers, shares, treasury, 2n);
    expect(await vault.held(shares)).to.equal(600n);
  });

  it("gives nothing of a campaign that was never created, or is under way", async () => {
    const { crowdfund, campaign } = await loadFixture(deployCrowdfund);
    for (const terms of [campaign, { ...campaign, goal: 0n }])
      await expect(crowdfund.returnShares(terms)).not.to.emit(crowdfund, "SharesReturned");
  });
});
