import type { DeployedChain, Person } from "./deployedChain.ts";
import { callOf, type ModelDao } from "./launchModel.ts";

const DAY = 24 * 3600;

/** What the contributors' part of the goal gets: a quarter of all shares. */
export const ALLOCATION = 2n ** 18n;

/** Base units; odd, so that roundings show. */
export const MILESTONES = [400_000_003n, 600_000_004n] as const;
export const GOAL = MILESTONES[0] + MILESTONES[1];
export const CONTRIBUTIONS = { alice: 500_000_001n, bob: 300_000_003n, carol: 200_000_003n } as const;

const SECONDS_TO_FUND = 60 * DAY;
const VETO_WINDOW = 3 * DAY;

/** What `CampaignStatus` counts. */
const CAMPAIGN_STATUS = ["unknown", "funding", "failed", "funded", "completed", "ended"] as const;

/**
 * A DAO that has voted to raise money for the lab that trains its model: a quarter of the shares for the goal, paid to
 * the lab in two milestones, each of which 25 % of the contributions can veto.
 */
export async function startCampaign(chain: DeployedChain, dao: ModelDao, founder: Person, lab: Person) {
  const { client, crowdfund } = chain;
  const terms = {
    model: dao.shares.address,
    paymentToken: chain.dollar.address,
    beneficiary: lab.account.address,
    treasury: dao.treasury,
    goal: GOAL,
    allocation: ALLOCATION,
    deadline: (await chain.now()) + BigInt(SECONDS_TO_FUND),
    vetoThresholdBps: 2500,
    vetoWindow: VETO_WINDOW,
    timeout: 30 * DAY,
    milestones: MILESTONES,
  };
  await founder.writeContractSync({ ...dao.shares, functionName: "transfer", args: [dao.treasury, ALLOCATION] });
  await dao.pass(
    "Raise money to train the model",
    callOf({ ...dao.shares, functionName: "approve", args: [crowdfund.address, ALLOCATION] }),
    callOf({ ...crowdfund, functionName: "create", args: [terms] }),
  );

  /** Calls that anybody may send, for whoever they are about. */
  const helper = chain.person("helper");
  const idOf = (person: Person) => person.account.address;
  return {
    announcement: callOf({ ...crowdfund, functionName: "announce", args: [terms] }),
    status: async () => {
      const status = await client.readContract({ ...crowdfund, functionName: "status", args: [terms] });
      return CAMPAIGN_STATUS[status];
    },
    missDeadline: () => chain.wait(SECONDS_TO_FUND),
    passVetoWindow: () => chain.wait(VETO_WINDOW + 1),
    async contribute(person: Person, amount: bigint) {
      await chain.fund(person, amount, crowdfund.address);
      await person.writeContractSync({ ...crowdfund, functionName: "contribute", args: [terms, amount] });
    },
    veto: (person: Person) => person.writeContractSync({ ...crowdfund, functionName: "veto", args: [terms] }),
    release: () => helper.writeContractSync({ ...crowdfund, functionName: "release", args: [terms] }),
    refund: (person: Person) =>
      person.writeContractSync({ ...crowdfund, functionName: "refund", args: [terms, idOf(person)] }),
    /** Locks a contributor's shares in the vault; gives the lock. */
    async lockShares(person: Person): Promise<bigint> {
      const args = [terms, idOf(person)] as const;
      await helper.writeContractSync({ ...crowdfund, functionName: "lockShares", args });
      const campaign = await client.readContract({ ...crowdfund, functionName: "campaignId", args: [terms] });
      const read = { ...crowdfund, functionName: "contribution", args: [campaign, idOf(person)] } as const;
      return (await client.readContract(read))[2];
    },
    takeShares: (person: Person) =>
      person.writeContractSync({ ...crowdfund, functionName: "takeShares", args: [terms, idOf(person)] }),
    returnShares: () => helper.writeContractSync({ ...crowdfund, functionName: "returnShares", args: [terms] }),
  };
}
