import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { type Campaign, DAY, deployCrowdfund, STATUS } from "../../testing/deployCrowdfund.ts";

const { loadFixture, time } = networkHelpers;
const { ZeroAddress } = ethers;

describe("Crowdfund.create", () => {
  it("takes the allocation into the vault, where it earns for the treasury", async () => {
    const { crowdfund, as, token, shares, vault, campaign, modelOwner, treasury } = await loadFixture(deployCrowdfund);
    const next = { ...campaign, allocation: 250_000n };
    const id = await crowdfund.campaignId(next);
    expect(await crowdfund.status(next)).to.equal(STATUS.unknown);
    const creating = as(modelOwner).create(next);
    await expect(creating).to.emit(crowdfund, "CampaignCreated").withArgs(id, shares, Object.values(next));
    await expect(creating).to.changeTokenBalance(ethers, shares, modelOwner, -250_000n);

    expect(await crowdfund.status(next)).to.equal(STATUS.funding);
    expect(await crowdfund.campaignState(id)).to.deep.equal([0n, 0n, 0n, 0n, 0n, 0n, 250_000n]);
    expect(await crowdfund.vault()).to.equal(vault);
    expect(await shares.balanceOf(crowdfund)).to.equal(0n);
    await token.mint(shares, 1_000_000n);
    await shares.accrue();
    await expect(vault.claim(2n)).to.changeTokenBalance(ethers, token, treasury, 250_000n);
  });

  it("knows a campaign by all of its terms", async () => {
    const { crowdfund, campaign, id, stranger } = await loadFixture(deployCrowdfund);
    const others: Partial<Campaign>[] = [
      { beneficiary: stranger.address },
      { treasury: stranger.address },
      { vetoWindow: campaign.vetoWindow - 1n },
      { milestones: [300n, 200n, 500n] },
    ];
    for (const change of others) {
      const other = { ...campaign, ...change };
      expect(await crowdfund.campaignId(other)).not.to.equal(id);
      expect(await crowdfund.status(other)).to.equal(STATUS.unknown);
    }
  });

  it("is for the model's owner", async () => {
    const { crowdfund, as, campaign, modelOwner, stranger } = await loadFixture(deployCrowdfund);
    await expect(as(stranger).create({ ...campaign, allocation: 1n }))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_NotModelOwner")
      .withArgs(modelOwner, stranger);
  });

  it("happens once", async () => {
    const { crowdfund, as, campaign, modelOwner } = await loadFixture(deployCrowdfund);
    await expect(as(modelOwner).create(campaign))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_WrongStatus")
      .withArgs(STATUS.funding);
  });

  it("takes terms at their bounds", async () => {
    const { as, crowdfund, campaign, modelOwner } = await loadFixture(deployCrowdfund);
    const now = BigInt(await time.latest());
    const bounds: Partial<Campaign>[] = [
      { deadline: now + 10n, vetoThresholdBps: 1n, vetoWindow: DAY, timeout: 7n * DAY, allocation: 1n },
      { deadline: now + 20n + 365n * DAY, vetoThresholdBps: 5_000n, vetoWindow: 30n * DAY, timeout: 365n * DAY },
      { goal: 1n, milestones: [1n] },
      { goal: 32n, milestones: Array<bigint>(32).fill(1n) },
    ];
    for (const [index, change] of bounds.entries()) {
      await time.setNextBlockTimestamp(now + 10n * BigInt(index + 1));
      await as(modelOwner).create({ ...campaign, ...change });
      expect(await crowdfund.status({ ...campaign, ...change })).to.equal(STATUS.funding);
    }
  });

  type WrongTerms = [string, (campaign: Campaign, crowdfund: string) => Partial<Campaign>, string, unknown[]?];
  const wrongTerms: WrongTerms[] = [
    ["another payment token", ({ model }) => ({ paymentToken: model }), "Crowdfund_PaymentTokenMismatch"],
    ["nobody to pay", () => ({ beneficiary: ZeroAddress }), "Crowdfund_InvalidAccount", [ZeroAddress]],
    ["itself to pay", (_, crowdfund) => ({ beneficiary: crowdfund }), "Crowdfund_InvalidAccount"],
    ["no treasury", () => ({ treasury: ZeroAddress }), "Crowdfund_InvalidAccount", [ZeroAddress]],
    ["itself as treasury", (_, crowdfund) => ({ treasury: crowdfund }), "Crowdfund_InvalidAccount"],
    ["the shares as treasury", ({ model }) => ({ treasury: model }), "Crowdfund_InvalidAccount"],
    ["no shares", () => ({ allocation: 0n }), "Crowdfund_ZeroAmount", []],
    ["no veto threshold", () => ({ vetoThresholdBps: 0n }), "Crowdfund_VetoThresholdOutOfBounds", [0n, 1n, 5_000n]],
    [
      "a veto threshold above the goal",
      () => ({ vetoThresholdBps: 5_001n }),
      "Crowdfund_VetoThresholdOutOfBounds",
      [5_001n, 1n, 5_000n],
    ],
    [
      "a veto window below a day",
      () => ({ vetoWindow: DAY - 1n }),
      "Crowdfund_VetoWindowOutOfBounds",
      [DAY - 1n, DAY, 30n * DAY],
    ],
    [
      "a veto window above 30 days",
      () => ({ vetoWindow: 30n * DAY + 1n }),
      "Crowdfund_VetoWindowOutOfBounds",
      [30n * DAY + 1n, DAY, 30n * DAY],
    ],
    [
      "a timeout below 7 days",
      () => ({ timeout: 7n * DAY - 1n }),
      "Crowdfund_TimeoutOutOfBounds",
      [7n * DAY - 1n, 7n * DAY, 365n * DAY],
    ],
    [
      "a timeout above a year",
      () => ({ timeout: 365n * DAY + 1n }),
      "Crowdfund_TimeoutOutOfBounds",
      [365n * DAY + 1n, 7n * DAY, 365n * DAY],
    ],
    ["no milestones", () => ({ goal: 0n, milestones: [] }), "Crowdfund_MilestonesOutOfBounds", [0n, 1n, 32n]],
    [
      "33 milestones",
      () => ({ goal: 33n, milestones: Array<bigint>(33).fill(1n) }),
      "Crowdfund_MilestonesOutOfBounds",
      [33n, 1n, 32n],
    ],
    ["a milestone of nothing", () => ({ milestones: [500n, 0n, 500n] }), "Crowdfund_ZeroAmount", []],
    ["milestones below the goal", () => ({ milestones: [999n] }), "Crowdfund_MilestonesMismatch", [1_000n, 999n]],
    [
      "milestones that would wrap to the goal",
      () => ({ goal: 1n, milestones: [2n ** 128n - 1n, 2n] }),
      "Crowdfund_MilestonesMismatch",
      [1n, 2n ** 128n + 1n],
    ],
  ];
  for (const [what, change, error, args] of wrongTerms)
    it(`refuses ${what}`, async () => {
      const { crowdfund, as, campaign, modelOwner } = await loadFixture(deployCrowdfund);
      const terms = { ...campaign, ...change(campaign, await crowdfund.getAddress()) };
      const creating = as(modelOwner).create(terms);
      if (args === undefined) await expect(creating).to.be.revertedWithCustomError(crowdfund, error);
      else
        await expect(creating)
          .to.be.revertedWithCustomError(crowdfund, error)
          .withArgs(...args);
    });

  for (const [what, fromNow] of [
    ["that has passed", -1n],
    ["more than a year ahead", 365n * DAY + 1n],
  ] as const)
    it(`refuses a deadline ${what}`, async () => {
      const { crowdfund, as, campaign, modelOwner } = await loadFixture(deployCrowdfund);
      const now = BigInt(await time.latest()) + 100n;
      await time.setNextBlockTimestamp(now);
      await expect(as(modelOwner).create({ ...campaign, deadline: now + fromNow }))
        .to.be.revertedWithCustomError(crowdfund, "Crowdfund_DeadlineOutOfBounds")
        .withArgs(now + fromNow, now, now + 365n * DAY);
    });
});
