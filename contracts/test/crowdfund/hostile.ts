import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { crowdfundIn, fund, fundedCampaign, STATUS } from "../../testing/deployCrowdfund.ts";

const { loadFixture, time } = networkHelpers;

async function inFeeToken() {
  return crowdfundIn("FeeToken");
}

async function inCallingToken() {
  const crowdfund = await fund(await crowdfundIn("CallingToken"));
  return { ...crowdfund, calling: await ethers.getContractAt("CallingToken", crowdfund.token) };
}

async function inBlockingToken() {
  const crowdfund = await fund(await crowdfundIn("BlockingToken"));
  return { ...crowdfund, blocking: await ethers.getContractAt("BlockingToken", crowdfund.token) };
}

/** A funded campaign of a model that is none. */
async function ofHostileModel() {
  const crowdfund = await crowdfundIn("TestDollar");
  const { as, token, modelOwner } = crowdfund;
  const model = await ethers.deployContract("HostileModel", [token, modelOwner]);
  await model.connect(modelOwner).approve(crowdfund.crowdfund, ethers.MaxUint256);
  const campaign = { ...crowdfund.campaign, model: await model.getAddress() };
  await as(modelOwner).create(campaign);
  return { ...(await fund({ ...crowdfund, campaign })), model };
}

describe("A payment token", () => {
  it("that keeps a fee is refused", async () => {
    const { crowdfund, as, alice, campaign } = await loadFixture(inFeeToken);
    await expect(as(alice).contribute(campaign, 100n))
      .to.be.revertedWithCustomError(crowdfund, "Transfers_Inexact")
      .withArgs(100n, 99n);
  });

  it("that calls back is refused by every function", async () => {
    const { crowdfund, as, calling, campaign, modelOwner, alice, announceAndWait } = await loadFixture(inCallingToken);
    await announceAndWait();
    const inner = crowdfund.interface;
    const calls = [
      inner.encodeFunctionData("create", [{ ...campaign, allocation: 1n }]),
      inner.encodeFunctionData("contribute", [campaign, 1n]),
      inner.encodeFunctionData("announce", [campaign]),
      inner.encodeFunctionData("veto", [campaign]),
      inner.encodeFunctionData("release", [campaign]),
      inner.encodeFunctionData("end", [campaign]),
      inner.encodeFunctionData("refund", [campaign, alice.address]),
      inner.encodeFunctionData("lockShares", [campaign, alice.address]),
      inner.encodeFunctionData("surrenderShares", [campaign, alice.address]),
      inner.encodeFunctionData("takeShares", [campaign, alice.address]),
      inner.encodeFunctionData("returnShares", [campaign]),
    ];
    const refused = inner.encodeErrorResult("ReentrancyGuardReentrantCall");
    const other = { ...campaign, allocation: 2n };
    await as(modelOwner).create(other);
    for (const call of calls) {
      await calling.beforeTransfer(crowdfund, call);
      await expect(as(alice).contribute(other, 1n)).to.emit(calling, "Called").withArgs(false, refused);
    }
    await expect(as(alice).release(campaign)).to.emit(calling, "Called").withArgs(false, refused);
  });

  it("that will not pay the beneficiary holds nobody's money for ever", async () => {
    const { as, token, blocking, crowdfund, beneficiary, alice, stranger, campaign, id, announceAndWait } =
      await loadFixture(inBlockingToken);
    await blocking.blockAccount(beneficiary);
    await announceAndWait();
    await expect(as(alice).release(campaign)).to.be.revertedWithCustomError(blocking, "Blocked").withArgs(beneficiary);

    const { vetoUntil, overdueAfter } = await crowdfund.campaignState(id);
    expect(overdueAfter).to.equal(vetoUntil + campaign.timeout);
    await time.increaseTo(overdueAfter + 1n);
    await as(alice).end(campaign);
    // Nor does one that will not pay a contributor: it leaves to another account.
    await blocking.blockAccount(alice);
    await expect(as(alice).refund(campaign, alice)).to.be.revertedWithCustomError(blocking, "Blocked").withArgs(alice);
    await expect(as(alice).refund(campaign, stranger)).to.changeTokenBalance(ethers, token, stranger, 500n);
  });
});

describe("A model that is none", () => {
  it("holds no refund back", async () => {
    const { as, token, model, modelOwner, alice, bob, carol, campaign } = await loadFixture(ofHostileModel);
    await as(modelOwner).announce(campaign);
    await as(bob).veto(campaign);
    // It has no such function: every transfer fails.
    await model.beforeTransfer(model, "0xffffffff");
    for (const [contributor, amount] of [
      [alice, 500n],
      [bob, 300n],
      [carol, 200n],
    ] as const)
      await expect(as(contributor).refund(campaign, contributor)).to.changeTokenBalance(
        ethers,
        token,
        contributor,
        amount,
      );
    await expect(as(alice).takeShares(campaign, alice)).to.be.revert(ethers);
  });

  it("cannot call back while its shares move", async () => {
    const { as, crowdfund, model, alice, campaign } = await loadFixture(ofHostileModel);
    for (const call of [
      crowdfund.interface.encodeFunctionData("lockShares", [campaign, alice.address]),
      crowdfund.interface.encodeFunctionData("returnShares", [campaign]),
    ]) {
      await model.beforeTransfer(crowdfund, call);
      await expect(as(alice).lockShares(campaign, alice)).to.be.revertedWithCustomError(
        crowdfund,
        "ReentrancyGuardReentrantCall",
      );
    }
  });

  it("leaves another model's campaign with all of its shares and money", async () => {
    const hostile = await loadFixture(ofHostileModel);
    const { as, crowdfund, vault, shares, token, modelOwner, alice, releaseNext } = hostile;
    const genuine = { ...hostile.campaign, model: await shares.getAddress() };
    await as(alice).contribute(genuine, 700n);
    for (const _ of hostile.campaign.milestones) await releaseNext();
    for (const contributor of [hostile.alice, hostile.bob, hostile.carol])
      await as(contributor).takeShares(hostile.campaign, contributor);
    await crowdfund.returnShares(hostile.campaign);

    expect(await token.balanceOf(crowdfund)).to.equal(700n);
    expect(await vault.held(shares)).to.equal(600n);
    await time.increaseTo(genuine.deadline + 1n);
    await expect(as(alice).refund(genuine, alice)).to.changeTokenBalance(ethers, token, alice, 700n);
    await expect(as(modelOwner).returnShares(genuine)).to.changeTokenBalance(ethers, shares, genuine.treasury, 600n);
  });
});

describe("A hostile owner of the model", () => {
  it("pays nobody but the beneficiary, in no other parts, and skips no veto window", async () => {
    const { as, crowdfund, modelOwner, campaign } = await loadFixture(fundedCampaign);
    await as(modelOwner).announce(campaign);
    for (const change of [
      { beneficiary: modelOwner.address },
      { treasury: modelOwner.address },
      { milestones: [1_000n] },
      { vetoWindow: 0n },
      { vetoThresholdBps: 5_000n },
    ])
      for (const act of ["announce", "release"] as const)
        await expect(as(modelOwner)[act]({ ...campaign, ...change }))
          .to.be.revertedWithCustomError(crowdfund, "Crowdfund_WrongStatus")
          .withArgs(STATUS.unknown);
    await expect(as(modelOwner).release(campaign)).to.be.revertedWithCustomError(crowdfund, "Crowdfund_VetoWindowOpen");
  });

  it("releases no milestone twice", async () => {
    const { as, crowdfund, token, modelOwner, beneficiary, campaign, releaseNext } = await loadFixture(fundedCampaign);
    await releaseNext();
    await expect(as(modelOwner).release(campaign)).to.be.revertedWithCustomError(crowdfund, "Crowdfund_NotAnnounced");
    await as(modelOwner).announce(campaign);
    await expect(as(modelOwner).release(campaign)).to.be.revertedWithCustomError(crowdfund, "Crowdfund_VetoWindowOpen");
    expect(await token.balanceOf(beneficiary)).to.equal(200n);
  });

  it("takes no shares out of the vault", async () => {
    const { as, crowdfund, vault, modelOwner, campaign } = await loadFixture(fundedCampaign);
    await expect(vault.connect(modelOwner).release(1n, modelOwner, 1n))
      .to.be.revertedWithCustomError(vault, "ShareVault_NotAllowed")
      .withArgs(crowdfund, modelOwner);
    await expect(as(modelOwner).returnShares(campaign)).not.to.emit(crowdfund, "SharesReturned");
  });

  it("does no worse by giving up the model: what is unspent goes back when the time is over", async () => {
    const { as, crowdfund, token, shares, modelOwner, bob, campaign } = await loadFixture(fundedCampaign);
    await shares.connect(modelOwner).renounceOwnership();
    await expect(as(modelOwner).announce(campaign))
      .to.be.revertedWithCustomError(crowdfund, "Crowdfund_NotModelOwner")
      .withArgs(ethers.ZeroAddress, modelOwner);
    await time.increase(campaign.timeout + 1n);
    await as(bob).end(campaign);
    await expect(as(bob).refund(campaign, bob)).to.changeTokenBalance(ethers, token, bob, 300n);
  });
});
