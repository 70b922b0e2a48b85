import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { type Campaign, DAY, STATUS } from "../../testing/deployCrowdfund.ts";
import { deployDao } from "../../testing/deployDao.ts";

const { loadFixture, time } = networkHelpers;

/** A DAO whose treasury has 100,000 shares, and a crowdfund to raise 1,000 with them for a beneficiary. */
async function daoWithTreasury() {
  const dao = await deployDao();
  const { shares, token, timelock, alice, operator } = dao;
  const vault = await ethers.deployContract("CountedVault");
  const crowdfund = await ethers.deployContract("Crowdfund", [vault]);
  const campaign: Campaign = {
    model: await shares.getAddress(),
    paymentToken: await token.getAddress(),
    beneficiary: operator.address,
    treasury: await timelock.getAddress(),
    goal: 1_000n,
    allocation: 100_000n,
    deadline: BigInt(await time.latest()) + 60n * DAY,
    vetoThresholdBps: 5_000n,
    vetoWindow: 3n * DAY,
    timeout: 14n * DAY,
    milestones: [400n, 600n],
  };
  await shares.connect(alice).transfer(timelock, 100_000n);
  for (const contributor of [dao.consumer, dao.stranger])
    await token.connect(contributor).approve(crowdfund, ethers.MaxUint256);
  return { ...dao, vault, crowdfund, campaign, contributors: [dao.consumer, dao.stranger] as const };
}

describe("A DAO", () => {
  it("raises money by votes, and gives it back when contributors veto", async () => {
    const { crowdfund, campaign, shares, token, timelock, operator, contributors, pass } =
      await loadFixture(daoWithTreasury);
    const [consumer, stranger] = contributors;
    await pass(
      [
        await shares.approve.populateTransaction(await crowdfund.getAddress(), campaign.allocation),
        await crowdfund.create.populateTransaction(campaign),
      ],
      "Raise money",
    );
    await crowdfund.connect(consumer).contribute(campaign, 250n);
    await crowdfund.connect(stranger).contribute(campaign, 750n);
    await crowdfund.lockShares(campaign, stranger);

    await pass([await crowdfund.announce.populateTransaction(campaign)], "First milestone");
    await crowdfund.connect(consumer).veto(campaign);
    await time.increase(campaign.vetoWindow + 1n);
    await expect(crowdfund.release(campaign)).to.changeTokenBalance(ethers, token, operator, 400n);

    await pass([await crowdfund.announce.populateTransaction(campaign)], "Second milestone");
    await crowdfund.connect(stranger).veto(campaign);
    expect(await crowdfund.status(campaign)).to.equal(STATUS.ended);
    for (const [contributor, refund, kept, surrendered] of [
      [consumer, 150n, 10_000n, 15_000n],
      [stranger, 450n, 30_000n, 45_000n],
    ] as const) {
      const refunding = crowdfund.connect(contributor).refund(campaign, contributor);
      await expect(refunding).to.changeTokenBalance(ethers, token, contributor, refund);
      const taking = crowdfund.connect(contributor).takeShares(campaign, contributor);
      await expect(taking).to.changeTokenBalances(ethers, shares, [contributor, timelock], [kept, surrendered]);
    }
    expect(await token.balanceOf(crowdfund)).to.equal(0n);
  });

  it("goes on with a campaign that the founder had created", async () => {
    const { crowdfund, campaign, token, vault, modelOwner, contributors, createGovernor } =
      await loadFixture(daoWithTreasury);
    const [consumer] = contributors;
    const young = await ethers.deployContract("Shares", ["Two", "TWO", token, modelOwner, [modelOwner], [100_000n]]);
    const terms = { ...campaign, model: await young.getAddress() };
    await young.connect(modelOwner).approve(crowdfund, terms.allocation);
    await crowdfund.connect(modelOwner).create(terms);
    await crowdfund.connect(consumer).contribute(terms, terms.goal);

    const { timelock } = await createGovernor(young);
    await young.connect(modelOwner).transferOwnership(timelock);
    await expect(crowdfund.connect(modelOwner).announce(terms))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_NotModelOwner")
      .withArgs(timelock, modelOwner);
    expect(await vault.held(young)).to.equal(terms.allocation);
  });
});
