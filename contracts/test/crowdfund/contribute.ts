import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployCrowdfund, fundedCampaign, STATUS } from "../../testing/deployCrowdfund.ts";

const { loadFixture, time } = networkHelpers;

describe("Crowdfund.contribute", () => {
  it("holds what is contributed, and adds up what one contributes", async () => {
    const { crowdfund, as, token, alice, campaign, id } = await loadFixture(deployCrowdfund);
    const contributing = as(alice).contribute(campaign, 400n);
    await expect(contributing).to.emit(crowdfund, "Contributed").withArgs(id, alice, 400n, 400n);
    await expect(contributing).to.changeTokenBalances(ethers, token, [alice, crowdfund], [-400n, 400n]);
    await expect(as(alice).contribute(campaign, 1n)).to.emit(crowdfund, "Contributed").withArgs(id, alice, 1n, 401n);

    expect((await crowdfund.campaignState(id)).contributed).to.equal(401n);
    expect(await crowdfund.contribution(id, alice)).to.deep.equal([401n, false, 0n, false, false, false]);
  });

  it("reaches the goal to the unit, which starts the time to announce a release", async () => {
    const { crowdfund, as, alice, bob, campaign, id } = await loadFixture(deployCrowdfund);
    await as(alice).contribute(campaign, 999n);
    await expect(as(bob).contribute(campaign, 2n))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_GoalExceeded")
      .withArgs(2n, 1n);
    expect(await crowdfund.status(campaign)).to.equal(STATUS.funding);
    expect((await crowdfund.campaignState(id)).overdueAfter).to.equal(0n);

    await as(bob).contribute(campaign, 1n);
    expect(await crowdfund.status(campaign)).to.equal(STATUS.funded);
    expect((await crowdfund.campaignState(id)).overdueAfter).to.equal(BigInt(await time.latest()) + campaign.timeout);
  });

  it("takes contributions up to the deadline, and none after it", async () => {
    const { crowdfund, as, alice, campaign } = await loadFixture(deployCrowdfund);
    await time.setNextBlockTimestamp(campaign.deadline);
    await as(alice).contribute(campaign, 1n);
    await time.setNextBlockTimestamp(campaign.deadline + 1n);
    await expect(as(alice).contribute(campaign, 1n))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_WrongStatus")
      .withArgs(STATUS.failed);
  });

  it("takes nothing for nothing", async () => {
    const { crowdfund, as, alice, campaign } = await loadFixture(deployCrowdfund);
    await expect(as(alice).contribute(campaign, 0n)).to.be.revertedWithCustomError(crowdfund, "Crowdfund_ZeroAmount");
  });

  it("takes nothing for a campaign that was never created, or has its goal", async () => {
    const { crowdfund, as, alice, campaign } = await loadFixture(fundedCampaign);
    for (const [terms, status] of [
      [{ ...campaign, goal: 2_000n }, STATUS.unknown],
      [campaign, STATUS.funded],
    ] as const)
      await expect(as(alice).contribute(terms, 1n))
        .to.be.revertedWithCustomError(crowdfund, "Crowdfund_WrongStatus")
        .withArgs(status);
  });
});
