import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { type Call, deployDao, FOR, SETTINGS } from "../../testing/deployDao.ts";
import { signOffering } from "../../testing/typedData.ts";

const { loadFixture, mine, time } = networkHelpers;
const { ZeroHash } = ethers;

async function takeover() {
  const dao = await deployDao();
  const { shares, alice, stranger } = dao;
  const call = await shares.transferOwnership.populateTransaction(stranger.address);
  const borrower = await ethers.deployContract("FlashBorrower");
  await shares.connect(alice).approve(borrower, ethers.MaxUint256);
  /** Makes the borrower do something while it holds a majority. */
  const borrow = async ({ to, data }: Call) => borrower.connect(stranger).borrow(shares, alice, 600_000n, to, data);
  return { ...dao, call, borrower, borrow, proposal: await dao.propose([call], "Take over") };
}

describe("Shares borrowed within a block", () => {
  it("propose nothing", async () => {
    const { governor, borrower, borrow, call } = await loadFixture(takeover);
    const proposing = await governor.propose.populateTransaction([call.to], [0n], [call.data], "Again");
    await expect(borrow(proposing))
      .to.be.revertedWithCustomError(governor, "GovernorInsufficientProposerVotes")
      .withArgs(borrower, 0n, SETTINGS.proposalThreshold);
  });

  it("vote on nothing, even when they were held at the moment whose votes count", async () => {
    const { governor, shares, borrower, borrow, proposal } = await loadFixture(takeover);
    const snapshot = await governor.proposalSnapshot(proposal.id);
    await time.setNextBlockTimestamp(snapshot);
    await borrow(await shares.clock.populateTransaction());
    await mine();
    expect(await governor.getVotes(borrower, snapshot)).to.equal(0n);

    await borrow(await governor.castVote.populateTransaction(proposal.id, FOR));
    expect(await governor.hasVoted(proposal.id, borrower)).to.equal(true);
    expect(await governor.proposalVotes(proposal.id)).to.deep.equal([0n, 0n, 0n]);
  });
});

describe("A proposal", () => {
  it("is nobody else's to propose, and so to cancel, when its description names the proposer", async () => {
    const { governor, shares, alice, bob, propose } = await loadFixture(deployDao);
    const call = await shares.accrue.populateTransaction();
    const proposeAs = (description: string) => governor.connect(bob).propose([call.to], [0n], [call.data], description);
    await proposeAs("Unsigned");
    await expect(propose([call], "Unsigned")).to.be.revertedWithCustomError(
      governor,
      "GovernorUnexpectedProposalState",
    );

    const signed = `Signed #proposer=${alice.address}`;
    await expect(proposeAs(signed)).to.be.revertedWithCustomError(governor, "GovernorRestrictedProposer").withArgs(bob);
    await propose([call], signed);
  });
});

describe("The timelock", () => {
  it("schedules, executes and cancels for nobody but the governor", async () => {
    const { governor, timelock, shares, deployer, modelOwner, alice, stranger, propose } = await loadFixture(deployDao);
    const { to, data } = await shares.transferOwnership.populateTransaction(stranger.address);
    const proposal = await propose([{ to, data }], "Passed");
    await proposal.open();
    await governor.connect(alice).castVote(proposal.id, FOR);
    await proposal.close();
    await proposal.queue();
    await proposal.mature();
    const passed = proposal.operation();
    const queued = await timelock.hashOperationBatch(...passed);
    expect(await timelock.isOperationReady(queued)).to.equal(true);

    const [proposer, executor, canceller] = await Promise.all([
      timelock.PROPOSER_ROLE(),
      timelock.EXECUTOR_ROLE(),
      timelock.CANCELLER_ROLE(),
    ]);
    for (const account of [deployer, modelOwner, alice, stranger]) {
      const direct = timelock.connect(account);
      const attempts: [string, () => Promise<unknown>][] = [
        [proposer, () => direct.schedule(to, 0n, data, ZeroHash, ZeroHash, SETTINGS.timelockDelay)],
        [proposer, () => direct.scheduleBatch(...passed, SETTINGS.timelockDelay)],
        [executor, () => direct.execute(to, 0n, data, ZeroHash, ZeroHash)],
        [executor, () => direct.executeBatch(...passed)],
        [canceller, () => direct.cancel(queued)],
        [ZeroHash, () => direct.grantRole(proposer, account)],
        [ZeroHash, () => direct.revokeRole(proposer, governor)],
      ];
      for (const [role, attempt] of attempts)
        await expect(attempt())
          .to.be.revertedWithCustomError(timelock, "AccessControlUnauthorizedAccount")
          .withArgs(account, role);
      await expect(direct.updateDelay(0n))
        .to.be.revertedWithCustomError(timelock, "TimelockUnauthorizedCaller")
        .withArgs(account);
    }
    await proposal.execute();
    expect(await shares.owner()).to.equal(stranger);
  });
});

describe("Whoever deployed the DAO", () => {
  it("can do nothing with it", async () => {
    const dao = await loadFixture(deployDao);
    const { deployer, modelOwner, operator, registry, governor, timelock, shares, credits, domain, offering } = dao;
    const next = { ...offering, pricePerMillion: 1n };
    const signature = await signOffering(operator, domain, next);
    for (const account of [deployer, modelOwner]) {
      await expect(credits.connect(account).register(next, signature))
        .to.be.revertedWithCustomError(credits, "Credits_NotModelOwner")
        .withArgs(timelock, account);
      await expect(shares.connect(account).transferOwnership(account))
        .to.be.revertedWithCustomError(shares, "OwnableUnauthorizedAccount")
        .withArgs(account);
      const call = await shares.transferOwnership.populateTransaction(account.address);
      await expect(governor.connect(account).propose([call.to], [0n], [call.data], ""))
        .to.be.revertedWithCustomError(governor, "GovernorInsufficientProposerVotes")
        .withArgs(account, 0n, SETTINGS.proposalThreshold);
      for (const govern of [
        () => governor.connect(account).relay(shares, 0n, call.data),
        () => governor.connect(account).updateTimelock(account),
        () => governor.connect(account).setProposalThreshold(0n),
        () => governor.connect(account).updateQuorumNumerator(0n),
      ])
        await expect(govern()).to.be.revertedWithCustomError(governor, "GovernorOnlyExecutor").withArgs(account);
    }
    expect(await registry.verify(shares)).to.deep.equal([await governor.getAddress(), await timelock.getAddress()]);
  });
});
