import { describe, expect, it } from "vitest";
import { SUPPLY } from "../harness/dao/launchModel.ts";
import { refusal } from "../harness/dao/refusal.ts";
import { ALLOCATION, CONTRIBUTIONS, GOAL, MILESTONES } from "../harness/dao/startCampaign.ts";
import { startFundraiser } from "../harness/dao/startFundraiser.ts";

describe("a crowdfund that fails", () => {
  it("by missing its goal gives every contributor all of it back, and the DAO all of its shares", async () => {
    const { campaign, alice, bob, carol, dollars, shares } = await startFundraiser();
    await campaign.contribute(alice, CONTRIBUTIONS.alice);
    await campaign.contribute(bob, CONTRIBUTIONS.bob);
    await campaign.contribute(carol, CONTRIBUTIONS.carol - 1n);
    expect(await dollars()).toEqual({ crowdfund: GOAL - 1n });
    expect(await refusal(campaign.refund(alice))).toBe("Crowdfund_WrongStatus");

    await campaign.missDeadline();
    expect(await campaign.status()).toBe("failed");
    for (const contributor of [alice, bob, carol]) await campaign.refund(contributor);
    await campaign.returnShares();
    expect(await dollars()).toEqual({ ...CONTRIBUTIONS, carol: CONTRIBUTIONS.carol - 1n });
    expect(await shares()).toEqual({ founder: SUPPLY - ALLOCATION, "ada treasury": ALLOCATION });
    expect(await refusal(campaign.refund(alice))).toBe("Crowdfund_AlreadyRefunded");
  });

  it("by its contributors' veto gives every contributor its part of what is unspent, and lets it keep its part of the shares", async () => {
    const { dao, campaign, alice, bob, carol, dollars, shares } = await startFundraiser();
    await campaign.contribute(alice, CONTRIBUTIONS.alice);
    await campaign.contribute(bob, CONTRIBUTIONS.bob);
    await campaign.contribute(carol, CONTRIBUTIONS.carol);
    await campaign.lockShares(alice);

    await dao.pass("Pay the first milestone", campaign.announcement);
    await campaign.veto(carol);
    expect(await campaign.status()).toBe("funded");
    expect(await refusal(campaign.release())).toBe("Crowdfund_VetoWindowOpen");
    await campaign.passVetoWindow();
    await campaign.release();
    expect(await dollars()).toEqual({ lab: MILESTONES[0], crowdfund: MILESTONES[1] });

    await dao.pass("Pay the second milestone", campaign.announcement);
    await campaign.veto(bob);
    expect(await campaign.status()).toBe("ended");
    expect(await refusal(campaign.release())).toBe("Crowdfund_WrongStatus");

    for (const contributor of [alice, bob, carol]) await campaign.refund(contributor);
    for (const contributor of [alice, bob, carol]) await campaign.takeShares(contributor);
    await campaign.returnShares();
    // Each gets contribution x unspent / goal, rounded down; what that leaves, less than a unit for each, stays.
    const refunds = { alice: 300_000_000n, bob: 180_000_001n, carol: 120_000_001n };
    expect(await dollars()).toEqual({ lab: MILESTONES[0], ...refunds, crowdfund: 2n });
    // And keeps its shares x spent / goal, rounded down; the others go to the treasury.
    const kept = { alice: 52_428n, bob: 31_457n, carol: 20_971n };
    expect(await shares()).toEqual({
      founder: SUPPLY - ALLOCATION,
      ...kept,
      "ada treasury": ALLOCATION - kept.alice - kept.bob - kept.carol,
    });
  });
});
