import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { type Campaign, DAY, deployCrowdfund, STATUS } from "../testing/deployCrowdfund.ts";
import { deployJoulemint } from "../testing/deployJoulemint.ts";
import { deployShares, MAX_LIFETIME_REVENUE } from "../testing/deployShares.ts";
import type { Offering } from "../testing/typedData.ts";

const { loadFixture, time } = networkHelpers;
const { toBeHex, ZeroHash } = ethers;

/** Shares of alice and bob, 3 and 1 or as few as are named, and a token that pays them by `pay`. */
async function fewShares(amounts: readonly [alice: bigint, bob?: bigint]) {
  const deployed = await loadFixture(deployShares);
  const { token, modelOwner, alice, bob } = deployed;
  const holders = [alice, bob].slice(0, amounts.length);
  const shares = await ethers.deployContract("Shares", ["Few", "FEW", token, modelOwner, holders, [...amounts]]);
  const pay = async (amount: bigint) => {
    await token.mint(shares, amount);
    await shares.accrue();
  };
  const claim = async () => {
    for (const holder of [alice, bob]) await shares.claim(holder);
    return Promise.all([alice, bob, shares].map((account) => token.balanceOf(account)));
  };
  return { ...deployed, shares, pay, claim };
}

describe("Shares with a supply of 1", () => {
  it("earn everything for whoever holds the one, to the unit", async () => {
    const { shares, alice, bob, pay, claim } = await fewShares([1n]);
    await pay(1n);
    await pay(6n);
    await shares.connect(alice).transfer(bob, 1n);
    await pay(5n);
    expect(await claim()).to.deep.equal([7n, 5n, 0n]);
  });

  it("vote with the one", async () => {
    const { shares, alice, bob } = await fewShares([1n]);
    await shares.connect(alice).delegate(alice);
    expect(await shares.getVotes(alice)).to.equal(1n);
    await shares.connect(alice).transfer(bob, 1n);
    expect(await shares.getVotes(alice)).to.equal(0n);
  });

  it("pay out all that shares can ever earn", async () => {
    const { shares, alice, bob, pay, claim } = await fewShares([1n]);
    await pay(MAX_LIFETIME_REVENUE - 1n);
    await shares.connect(alice).transfer(bob, 1n);
    await pay(1n);
    expect(await claim()).to.deep.equal([MAX_LIFETIME_REVENUE - 1n, 1n, 0n]);
  });
});

describe("Revenue of less than a unit a share", () => {
  it("waits until it is a unit, and is lost to nobody", async () => {
    const { pay, claim } = await fewShares([3n, 1n]);
    for (const balances of [
      [0n, 0n, 1n],
      [1n, 0n, 1n],
      [2n, 0n, 1n],
      [3n, 1n, 0n],
    ]) {
      await pay(1n);
      expect(await claim()).to.deep.equal(balances);
    }
  });
});

/** The fixture's offering at another price for a million credits. */
async function priced(pricePerMillion: bigint) {
  const joulemint = await loadFixture(deployJoulemint);
  const { credits, token, consumer, signer, register, voucher } = joulemint;
  const offering: Offering = { ...joulemint.offering, pricePerMillion };
  const id = await register(offering);
  const owner = credits.connect(consumer);
  /** Opens a session of one millicredit and consumes it. */
  const consumeOne = async (salt: string) => {
    await owner.buyAndOpen(offering, signer, salt, 1n);
    const session = await credits.sessionId(id, consumer, signer, salt);
    await credits.settleAndRelease(offering, await voucher(session, 1n), ZeroHash);
  };
  return { ...joulemint, offering, id, owner, consumeOne, held: () => token.balanceOf(credits) };
}

describe("A millicredit", () => {
  it("that costs a unit is redeemed for it", async () => {
    const { owner, token, consumer, offering, held } = await priced(1_000_000_000n);
    await expect(owner.buy(offering, 1n, consumer)).to.changeTokenBalance(ethers, token, consumer, -1n);
    await expect(owner.redeem(offering, 1n, consumer)).to.changeTokenBalance(ethers, token, consumer, 1n);
    expect(await held()).to.equal(0n);
  });

  it("that costs a unit is divided with those that came before it", async () => {
    const { credits, token, shares, operator, treasury, offering, consumeOne, held } = await priced(1_000_000_000n);
    for (let session = 0; session < 10; session++) {
      await consumeOne(toBeHex(session, 32));
      for (const role of [0n, 1n]) await credits.claim(offering, role);
    }
    expect(await token.balanceOf(operator)).to.equal(4n);
    expect(await token.balanceOf(treasury)).to.equal(1n);
    expect(await token.balanceOf(shares)).to.equal(5n);
    expect(await held()).to.equal(0n);
  });

  it("of which a thousand cost a unit costs one, and is redeemed for nothing", async () => {
    const { credits, owner, token, consumer, offering, held } = await priced(1_000_000n);
    await expect(owner.buy(offering, 1n, consumer)).to.changeTokenBalance(ethers, token, consumer, -1n);
    expect(await credits.escrow(offering)).to.equal(0n);
    await expect(owner.redeem(offering, 1n, consumer)).to.changeTokenBalance(ethers, token, consumer, 0n);
    expect(await held()).to.equal(1n);
  });

  it("of which two cost a unit is released with its neighbour", async () => {
    const { credits, token, operator, id, offering, consumeOne, held } = await priced(500_000_000n);
    for (const [session, released] of [0n, 1n, 1n, 2n].entries()) {
      await consumeOne(toBeHex(session, 32));
      expect((await credits.offeringState(id)).released).to.equal(released);
    }
    // Each was paid with a unit, so that two of four are dust.
    await credits.claim(offering, 0n);
    expect(await token.balanceOf(operator)).to.equal(1n);
    expect(await held()).to.equal(2n);
  });
});

/** A campaign for as little as its goal, in one milestone, of which alice gives a unit. */
async function smallCampaign(change: Partial<Campaign>) {
  const deployed = await loadFixture(deployCrowdfund);
  const { as, modelOwner, alice } = deployed;
  const campaign = { ...deployed.campaign, allocation: 1n, goal: 1n, milestones: [1n], ...change };
  await as(modelOwner).create(campaign);
  await as(alice).contribute(campaign, 1n);
  return { ...deployed, campaign };
}

describe("A campaign for a unit", () => {
  it("pays it to the beneficiary, and its share to the contributor", async () => {
    const { crowdfund, as, token, shares, modelOwner, beneficiary, alice, campaign } = await smallCampaign({});
    await as(modelOwner).announce(campaign);
    await time.increase(campaign.vetoWindow + 1n);
    await expect(as(alice).release(campaign)).to.changeTokenBalance(ethers, token, beneficiary, 1n);
    expect(await crowdfund.status(campaign)).to.equal(STATUS.completed);
    await expect(as(alice).takeShares(campaign, alice)).to.changeTokenBalance(ethers, shares, alice, 1n);
  });

  it("gives it back when it is vetoed, and the share to the treasury", async () => {
    const { as, token, shares, treasury, modelOwner, alice, campaign } = await smallCampaign({});
    await as(modelOwner).announce(campaign);
    await as(alice).veto(campaign);
    await expect(as(alice).refund(campaign, alice)).to.changeTokenBalance(ethers, token, alice, 1n);
    await expect(as(alice).takeShares(campaign, alice)).to.changeTokenBalances(
      ethers,
      shares,
      [alice, treasury],
      [0n, 1n],
    );
  });

  it("gives it back when another unit is missing", async () => {
    const { as, token, shares, treasury, alice, campaign } = await smallCampaign({ goal: 2n, milestones: [2n] });
    await time.increaseTo(campaign.deadline + DAY);
    await expect(as(alice).refund(campaign, alice)).to.changeTokenBalance(ethers, token, alice, 1n);
    await expect(as(alice).returnShares(campaign)).to.changeTokenBalance(ethers, shares, treasury, 1n);
  });

  it("leaves a share that nobody gave enough for to the treasury", async () => {
    const { as, shares, vault, treasury, alice, bob, carol, campaign } = await smallCampaign({
      goal: 3n,
      milestones: [3n],
    });
    for (const contributor of [bob, carol]) await as(contributor).contribute(campaign, 1n);
    for (const contributor of [alice, bob, carol]) await as(alice).lockShares(campaign, contributor);
    await expect(as(alice).returnShares(campaign)).to.changeTokenBalances(
      ethers,
      shares,
      [alice, bob, carol, treasury],
      [0n, 0n, 0n, 1n],
    );
    // What is left is the fixture's other campaign.
    expect(await vault.held(shares)).to.equal(600n);
  });
});
