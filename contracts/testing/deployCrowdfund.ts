import type { Signer } from "ethers";
import { ethers, networkHelpers } from "./chain.ts";

export const DAY = 86_400n;

/** Of `CampaignStatus`. */
export const STATUS = { unknown: 0n, funding: 1n, failed: 2n, funded: 3n, completed: 4n, ended: 5n };

export interface Campaign {
  readonly model: string;
  readonly paymentToken: string;
  readonly beneficiary: string;
  readonly treasury: string;
  readonly goal: bigint;
  readonly allocation: bigint;
  readonly deadline: bigint;
  readonly vetoThresholdBps: bigint;
  readonly vetoWindow: bigint;
  readonly timeout: bigint;
  readonly milestones: bigint[];
}

/** What alice, bob and carol contribute to reach the goal of 1,000. */
export const CONTRIBUTIONS = { alice: 500n, bob: 300n, carol: 200n };

/**
 * A campaign of a founder who owns the model and all of its 1,000,000 shares: 600 of them for 1,000 base units, in three
 * milestones of 200, 300 and 500, which 30 % of the contributions can veto.
 */
export async function deployCrowdfund() {
  return crowdfundIn("TestDollar");
}

/** The same in another payment token. */
export async function crowdfundIn(
  tokenName: "TestDollar" | "BlockingToken" | "CallingToken" | "FeeToken" | "SilentToken",
) {
  const [deployer, modelOwner, beneficiary, treasury, alice, bob, carol, stranger] = await ethers.getSigners();
  const token = await ethers.getContractAt("TestDollar", await ethers.deployContract(tokenName));
  const shares = await ethers.deployContract("Shares", ["One", "ONE", token, modelOwner, [modelOwner], [1_000_000n]]);
  const vault = await ethers.deployContract("CountedVault");
  const crowdfund = await ethers.deployContract("Crowdfund", [vault]);
  const campaign: Campaign = {
    model: await shares.getAddress(),
    paymentToken: await token.getAddress(),
    beneficiary: beneficiary.address,
    treasury: treasury.address,
    goal: 1_000n,
    allocation: 600n,
    deadline: BigInt(await networkHelpers.time.latest()) + 30n * DAY,
    vetoThresholdBps: 3_000n,
    vetoWindow: 3n * DAY,
    timeout: 14n * DAY,
    milestones: [200n, 300n, 500n],
  };

  await shares.connect(modelOwner).approve(crowdfund, ethers.MaxUint256);
  await crowdfund.connect(modelOwner).create(campaign);
  const id = await crowdfund.campaignId(campaign);
  for (const contributor of [alice, bob, carol]) {
    await token.mint(contributor, 10_000n);
    await token.connect(contributor).approve(crowdfund, ethers.MaxUint256);
  }

  const as = (account: Signer) => crowdfund.connect(account);
  const accounts = { deployer, modelOwner, beneficiary, treasury, alice, bob, carol, stranger };
  return { ...accounts, token, shares, vault, crowdfund, campaign, id, as };
}

/** The campaign when alice, bob and carol have reached its goal. */
export async function fundedCampaign() {
  return fund(await deployCrowdfund());
}

/** Lets alice, bob and carol reach the goal. */
export async function fund<Deployed extends Awaited<ReturnType<typeof crowdfundIn>>>(crowdfund: Deployed) {
  const { as, alice, bob, carol, campaign, modelOwner } = crowdfund;
  await as(alice).contribute(campaign, CONTRIBUTIONS.alice);
  await as(bob).contribute(campaign, CONTRIBUTIONS.bob);
  await as(carol).contribute(campaign, CONTRIBUTIONS.carol);

  /** Announces a release, and waits until it can no longer be vetoed. */
  const announceAndWait = async () => {
    await as(modelOwner).announce(campaign);
    await networkHelpers.time.increase(campaign.vetoWindow + 1n);
  };
  const releaseNext = async () => {
    await announceAndWait();
    return as(modelOwner).release(campaign);
  };
  return { ...crowdfund, announceAndWait, releaseNext };
}

/** The campaign when its first milestone was released, and bob vetoed the second. */
export async function endedCampaign() {
  const crowdfund = await fundedCampaign();
  const { as, bob, campaign, modelOwner, releaseNext } = crowdfund;
  await releaseNext();
  await as(modelOwner).announce(campaign);
  await as(bob).veto(campaign);
  return crowdfund;
}

/** The campaign when its deadline passed with a base unit missing. */
export async function failedCampaign() {
  const crowdfund = await deployCrowdfund();
  const { as, alice, bob, campaign } = crowdfund;
  await as(alice).contribute(campaign, CONTRIBUTIONS.alice);
  await as(bob).contribute(campaign, campaign.goal - CONTRIBUTIONS.alice - 1n);
  await networkHelpers.time.increaseTo(campaign.deadline + 1n);
  return crowdfund;
}
