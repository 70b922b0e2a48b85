import { releasedRevenue } from "@joulemint/economics/releasedRevenue";
import { splitRevenue } from "@joulemint/economics/splitRevenue";
import { bps, millicredits, pricePerMillion } from "@joulemint/economics/units";
import { offeringStruct } from "@joulemint/protocol/Offering";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { expect, it } from "vitest";
import { launchModel, SUPPLY } from "../harness/dao/launchModel.ts";
import { offeringTerms } from "../harness/dao/offeringTerms.ts";
import { refusal } from "../harness/dao/refusal.ts";
import { registration } from "../harness/dao/registration.ts";
import { relayOrder } from "../harness/dao/relayOrder.ts";
import { ALLOCATION, CONTRIBUTIONS, MILESTONES } from "../harness/dao/startCampaign.ts";
import { startFundraiser } from "../harness/dao/startFundraiser.ts";
import { startSettling } from "../harness/dao/startSettling.ts";

const OPERATOR = 0;
const TREASURY = 1;

/** Of all shares, what a crowdfund of these contributions gives each; rounding leaves two for the treasury. */
const SHARES = { founder: SUPPLY - ALLOCATION, alice: 131_071n, bob: 78_643n, carol: 52_428n, treasury: 2n };

it("a crowdfund that succeeds funds a model, which sells at the price that its DAO voted and pays its shareholders", async () => {
  const { chain, founder, dao, campaign, alice, bob, carol, dollars, shares } = await startFundraiser();
  const { client, credits, claims, vault } = chain;
  const [operator, relayer] = [chain.person("operator"), chain.person("relayer")];
  // The consumer has no ether, and the metering key never needs any.
  const consumer = privateKeyToAccount(generatePrivateKey());
  const metering = privateKeyToAccount(generatePrivateKey());
  chain.name(consumer.address, "consumer");

  // Three contributors reach the goal. Two of them have their shares locked, so that they earn from now on.
  await campaign.contribute(alice, CONTRIBUTIONS.alice);
  await campaign.contribute(bob, CONTRIBUTIONS.bob);
  await campaign.contribute(carol, CONTRIBUTIONS.carol);
  const locks = [await campaign.lockShares(alice), await campaign.lockShares(bob)];

  // One vote pays the lab for the first milestone, and sets the price. Nobody else can.
  const offering = offeringTerms(chain, { model: dao.shares.address, treasury: dao.treasury, operator });
  const terms = offeringStruct(offering);
  const registering = await registration(chain, operator, offering);
  expect(await refusal(founder.sendTransactionSync(registering))).toBe("Credits_NotModelOwner");
  await dao.pass("Pay the lab, and sell", campaign.announcement, registering);
  await campaign.passVetoWindow();
  await campaign.release();

  // A consumer pays for 40,000 credits by a signature that a relayer brings. The operator serves a call, and settles.
  const settling = await startSettling(chain, operator, metering);
  await chain.mint(consumer.address, 60_000_000n);
  const order = { signer: metering.address, credits: 40_000_000n };
  const session = await relayOrder(chain, relayer, consumer, offering, order);
  await settling.settleCall(session, 15_000_001n);

  // Locked shares earn: those of alice and bob for them, carol's for the treasury as long as nobody locks them for her.
  const campaignLock = 1n;
  for (const lock of [campaignLock, ...locks])
    await relayer.writeContractSync({ ...vault, functionName: "claim", args: [lock] });

  // The lab delivers and gets the rest: the shares are the contributors' own.
  await dao.pass("Pay the lab the rest", campaign.announcement);
  await campaign.passVetoWindow();
  await campaign.release();
  expect(await campaign.status()).toBe("completed");
  for (const contributor of [alice, bob, carol]) await campaign.takeShares(contributor);
  await campaign.returnShares();
  const { treasury, ...others } = SHARES;
  expect(await shares()).toEqual({ ...others, "ada treasury": treasury });

  // Another call, and everybody is paid. The founder claims from two models at once: bea was given 7 dollars.
  await settling.settleCall(session, 10_000_003n);
  const bea = await launchModel(chain, founder, "bea");
  await chain.mint(bea.shares.address, 7_000_000n);
  await relayer.writeContractSync({ ...bea.shares, functionName: "accrue" });
  const models = [dao.shares.address, bea.shares.address];
  await relayer.writeContractSync({ ...claims, functionName: "claimAll", args: [models, founder.account.address] });
  for (const holder of [alice.account.address, bob.account.address, carol.account.address, dao.treasury])
    await relayer.writeContractSync({ ...dao.shares, functionName: "claim", args: [holder] });
  for (const role of [OPERATOR, TREASURY])
    await relayer.writeContractSync({ ...credits, functionName: "claim", args: [terms, role] });

  // Every unit of every dollar is where it belongs.
  const revenueOf = (consumed: bigint) => {
    const released = releasedRevenue(millicredits(consumed), pricePerMillion(offering.pricePerMillion));
    return { released, ...splitRevenue(released, { holdersBps: bps(5000n), treasuryBps: bps(1000n) }) };
  };
  const [first, all] = [revenueOf(15_000_001n), revenueOf(25_000_004n)];
  const whileLocked = (held: bigint) => (held * first.holders) / SUPPLY;
  const sinceTaken = (held: bigint) => (held * (all.holders - first.holders)) / SUPPLY;
  const paid = {
    founder: (SHARES.founder * all.holders) / SUPPLY,
    alice: whileLocked(SHARES.alice) + sinceTaken(SHARES.alice),
    bob: whileLocked(SHARES.bob) + sinceTaken(SHARES.bob),
    carol: sinceTaken(SHARES.carol),
    "ada treasury": all.treasury + whileLocked(SHARES.carol + SHARES.treasury) + sinceTaken(SHARES.treasury),
    operator: all.operator,
  };
  const cost = 49_382_716n;
  // Less than a unit for each of the eight accounts that ever held shares: five people and three locks.
  const roundings = 5n;
  const escrow = await client.readContract({ ...credits, functionName: "escrow", args: [terms] });
  expect(await dollars()).toEqual({
    ...paid,
    founder: paid.founder + 7_000_000n,
    lab: MILESTONES[0] + MILESTONES[1],
    consumer: 60_000_000n - cost,
    credits: cost - all.released,
    "ada shares": roundings,
  });
  // What the consumer has not used is still its own.
  expect([0n, 1n]).toContain(cost - all.released - escrow);
  expect(await settling.difference()).toBe("0");
});
