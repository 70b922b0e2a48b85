import { expect } from "chai";
import type { Addressable, BaseContract } from "ethers";
import { signMeteringKeyConsent, signReceiptKeyConsent } from "../testing/bondConsents.ts";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { crowdfundIn, fund, STATUS } from "../testing/deployCrowdfund.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";
import { BURN, deployOperatorBond, UNBONDING_DELAY } from "../testing/deployOperatorBond.ts";
import { deployPledge } from "../testing/deployPledge.ts";
import { DAY } from "../testing/deployVault.ts";
import { METHOD } from "../testing/signedPayment.ts";
import { signCooperativeClose } from "../testing/typedData.ts";

const { loadFixture, time } = networkHelpers;
const { MaxUint256, ZeroAddress, ZeroHash } = ethers;

/** An offering in a token whose transfers return nothing, and shares of its model in the vault, all alice's. */
async function silentToken() {
  const joulemint = await deployJoulemint();
  const { credits, domain, consumer, operator, modelOwner, alice, register, signer } = joulemint;
  const token = await ethers.deployContract("SilentToken");
  const shares = await ethers.deployContract("Shares", ["Silent", "SIL", token, modelOwner, [alice], [2n]]);
  const vault = await ethers.deployContract("ShareVault");
  await shares.connect(alice).approve(vault, MaxUint256);
  await vault.connect(alice).lock(shares, alice, 1n, { start: 0n, cliff: 0n, end: 0n });
  const offering = { ...joulemint.offering, model: await shares.getAddress(), paymentToken: await token.getAddress() };
  const id = await register(offering);
  await token.mint(consumer, 1_000_000n);

  /** Lets the consumer buy credits in every way, and whoever is owed money take it out. */
  const buyer = credits.connect(consumer);
  const order = { owner: consumer.address, signer: ZeroAddress, salt: ZeroHash, credits: THOUSAND_CREDITS };
  const payment = { payer: consumer.address, method: METHOD.permit, nonce: 0n, deadline: MaxUint256, signature: "0x" };
  const session = await credits.sessionId(id, consumer, signer, ZeroHash);
  const buying = {
    buy: () => buyer.buy(offering, THOUSAND_CREDITS, consumer),
    purchase: () => buyer.purchase(offering, order, payment),
    buyAndOpen: () => buyer.buyAndOpen(offering, signer, ZeroHash, THOUSAND_CREDITS),
  };
  const settling = {
    settleAndRelease: async () =>
      credits.settleAndRelease(offering, await joulemint.voucher(session, THOUSAND_CREDITS / 2n), ZeroHash),
  };
  const leaving = {
    redeem: () => buyer.redeem(offering, THOUSAND_CREDITS, consumer),
    close: async () => {
      const consent = await signCooperativeClose(operator, domain, session, THOUSAND_CREDITS / 2n);
      return buyer.close(offering, signer, ZeroHash, consumer, consent);
    },
    claim: () => credits.claim(offering, 0n),
    "claim of a holder": () => shares.claim(alice),
    "claim of a lock": () => vault.claim(1n),
  };
  return { ...joulemint, token, buying, settling, leaving };
}

describe("A payment token", () => {
  it("may return nothing", async () => {
    const { token, credits, consumer, operator, alice, buying, settling, leaving } = await loadFixture(silentToken);
    for (const act of Object.values({ ...buying, ...settling, ...leaving })) await act();
    // Of 1,000,000 base units 6,000 were paid: 2,000 and 1,000 came back, 1,000 were consumed and 2,000 are left.
    expect(await token.balanceOf(consumer)).to.equal(997_000n);
    expect(await token.balanceOf(operator)).to.equal(400n);
    expect(await token.balanceOf(alice)).to.equal(500n);
    expect(await token.balanceOf(credits)).to.equal(2_100n);
  });

  it("may not return false", async () => {
    const { token, buying, settling, leaving } = await loadFixture(silentToken);
    for (const act of Object.values({ ...buying, ...settling })) await act();
    await token.refuse();
    for (const act of Object.values({ ...buying, ...leaving })) await expect(act()).to.revert(ethers);
  });
});

/** A transfer that returned false undoes all that was done. */
async function expectRefusal(contract: BaseContract, token: Addressable, act: () => Promise<unknown>) {
  await expect(act()).to.be.revertedWithCustomError(contract, "SafeERC20FailedOperation").withArgs(token);
}

/** A campaign whose first milestone is announced and can be released, beside one that is open for contributions. */
async function silentCampaign() {
  const crowdfund = await fund(await crowdfundIn("SilentToken"));
  const { as, modelOwner, campaign } = crowdfund;
  const open = { ...campaign, allocation: 1n };
  await as(modelOwner).create(open);
  await crowdfund.announceAndWait();
  return { ...crowdfund, open, silent: await ethers.getContractAt("SilentToken", crowdfund.token) };
}

describe("Crowdfund, in a payment token that returns nothing", () => {
  it("collects, releases and refunds to the unit", async () => {
    const { crowdfund, as, token, beneficiary, modelOwner, alice, bob, carol, campaign } =
      await loadFixture(silentCampaign);
    expect(await token.balanceOf(crowdfund)).to.equal(1_000n);
    await as(modelOwner).release(campaign);
    await as(modelOwner).announce(campaign);
    await as(bob).veto(campaign);
    expect(await crowdfund.status(campaign)).to.equal(STATUS.ended);
    for (const contributor of [alice, bob, carol]) await as(contributor).refund(campaign, contributor);
    // They had 10,000 each and gave 500, 300 and 200, of which a fifth is spent.
    for (const [account, balance] of [
      [beneficiary, 200n],
      [alice, 9_900n],
      [bob, 9_940n],
      [carol, 9_960n],
    ] as const)
      expect(await token.balanceOf(account)).to.equal(balance);
    expect(await token.balanceOf(crowdfund)).to.equal(0n);
  });

  it("takes a refusal for no payment", async () => {
    const { crowdfund, as, token, silent, modelOwner, alice, campaign, open, id } = await loadFixture(silentCampaign);
    await as(alice).contribute(open, 5n);
    await silent.refuse();
    await expectRefusal(crowdfund, silent, () => as(alice).contribute(open, 5n));
    await expectRefusal(crowdfund, silent, () => as(modelOwner).release(campaign));
    await time.increaseTo(open.deadline + 1n);
    await expectRefusal(crowdfund, silent, () => as(alice).refund(open, alice));
    expect((await crowdfund.campaignState(id)).spent).to.equal(0n);
    expect(await token.balanceOf(crowdfund)).to.equal(1_005n);
  });
});

/** Two loans against half of a model's shares each, of which the first has earned 400. */
async function silentLoans() {
  const pledged = await deployPledge();
  const { pledge, founder, borrower, lender, buyer } = pledged;
  const token = await ethers.deployContract("SilentToken");
  const shares = await ethers.deployContract("Shares", ["Silent", "SIL", token, founder, [borrower], [8n]]);
  await shares.connect(borrower).approve(pledge, 8n);
  for (const account of [borrower, lender, buyer]) await token.mint(account, 10_000n);
  const terms = { model: await shares.getAddress(), paymentToken: await token.getAddress(), shares: 4n };
  const [first, second] = [await pledged.offer(terms), await pledged.offer(terms)];
  await pledge.connect(lender).lend(first);
  await token.mint(shares, 800n);
  await shares.accrue();
  return { ...pledged, token, shares, first, second };
}

describe("Pledge, in a payment token that returns nothing", () => {
  it("lends, serves, repays and sells to the unit", async () => {
    const { pledge, token, shares, borrower, lender, buyer, first, second, at } = await loadFixture(silentLoans);
    await pledge.serve(first);
    await pledge.connect(borrower).repay(first, 700n);
    await pledge.connect(borrower).withdraw(first);
    await pledge.connect(lender).lend(second);
    const { dueAt } = await pledge.pledgeOf(second);
    await (await at(dueAt + DAY, buyer)).buy(second);
    // The lender lent 1,000 twice for a debt of 1,100. What the first shares earned serves their loan; what the second earned
    // came before theirs, and is the borrower's. The buyer pays 6,000, of which the debt is the lender's.
    for (const [account, balance] of [
      [lender, 10_200n],
      [borrower, 10_000n + 1_000n - 700n + 400n + 1_000n + 4_900n],
      [buyer, 4_000n],
      [await pledge.getAddress(), 0n],
      [await shares.getAddress(), 0n],
    ] as const)
      expect(await token.balanceOf(account)).to.equal(balance);
    expect(await shares.balanceOf(borrower)).to.equal(4n);
    expect(await shares.balanceOf(buyer)).to.equal(4n);
  });

  it("takes a refusal for no payment", async () => {
    const { pledge, token, borrower, lender, first, second } = await loadFixture(silentLoans);
    await token.refuse();
    await expectRefusal(pledge, token, () => pledge.connect(lender).lend(second));
    await expectRefusal(pledge, token, () => pledge.connect(borrower).repay(first, 100n));
    await expectRefusal(pledge, token, () => pledge.serve(first));
    expect((await pledge.pledgeOf(first)).paid).to.equal(0n);
  });
});

/** Bonds of two metering keys in a token that returns nothing, and a receipt that costs the first one its stake. */
async function silentBonds() {
  const joulemint = await deployOperatorBond();
  const { bond, owner, operator, consents, thief, chain, sign } = joulemint;
  const token = await ethers.deployContract("SilentToken");
  await token.mint(operator, 10_000n);
  const [slashed, honest] = ["slashed", "honest"].map((name) => new ethers.Wallet(ethers.id(`${name} metering key`)));
  for (const key of [slashed, honest])
    await owner.bond(key, token, 1_000n, await signMeteringKeyConsent(key, consents, operator, token));
  await owner.topUp(slashed, 5n);
  await owner.addReceiptKey(slashed, thief, await signReceiptKeyConsent(thief, consents, slashed));
  await owner.unbond(honest);
  const [broken] = await sign({ ...chain().call(thief.address), sequence: 0n });
  return { ...joulemint, bond, token, slashed, honest, broken };
}

describe("OperatorBond, in a payment token that returns nothing", () => {
  it("takes stakes, pays them out and burns them to the unit", async () => {
    const { bond, owner, token, operator, stranger, honest, broken } = await loadFixture(silentBonds);
    expect(await token.balanceOf(bond)).to.equal(2_005n);
    await bond.proveBrokenStart(broken, stranger);
    await time.increase(UNBONDING_DELAY);
    await owner.withdraw(honest, operator);
    for (const [account, balance] of [
      [stranger.address, 100n],
      [BURN, 905n],
      [operator.address, 8_995n],
      [await bond.getAddress(), 0n],
    ] as const)
      expect(await token.balanceOf(account)).to.equal(balance);
  });

  it("takes a refusal for no payment", async () => {
    const { bond, owner, token, operator, stranger, slashed, honest, broken } = await loadFixture(silentBonds);
    await token.refuse();
    await time.increase(UNBONDING_DELAY);
    await expectRefusal(bond, token, () => owner.topUp(slashed, 5n));
    await expectRefusal(bond, token, () => owner.withdraw(honest, operator));
    await expectRefusal(bond, token, () => bond.proveBrokenStart(broken, stranger));
    for (const [key, stake] of [
      [slashed, 1_005n],
      [honest, 1_000n],
    ] as const)
      expect((await bond.bondOf(key)).stake).to.equal(stake);
  });
});
