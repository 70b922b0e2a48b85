import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployDao, FOR, SETTINGS } from "../../testing/deployDao.ts";

const { loadFixture, time } = networkHelpers;
const { ZeroHash } = ethers;

const STATE = { pending: 0n, active: 1n, canceled: 2n, defeated: 3n, succeeded: 4n, queued: 5n, executed: 7n };
const AGAINST = 0n;

async function manifestProposal() {
  const dao = await deployDao();
  const manifest = {
    weightsHash: ethers.id("weights"),
    licenceHash: ZeroHash,
    datasetsRoot: ZeroHash,
    metadataURI: "",
  };
  const call = await dao.registry.publishManifest.populateTransaction(await dao.shares.getAddress(), manifest);
  return { ...dao, call, proposal: await dao.propose([call], "Publish") };
}

describe("A proposal", () => {
  it("is voted, queued and executed, each in its time", async () => {
    const { governor, registry, shares, alice, proposal } = await loadFixture(manifestProposal);
    expect(await governor.state(proposal.id)).to.equal(STATE.pending);
    await expect(governor.connect(alice).castVote(proposal.id, FOR)).to.be.revertedWithCustomError(
      governor,
      "GovernorUnexpectedProposalState",
    );
    await proposal.open();
    expect(await governor.state(proposal.id)).to.equal(STATE.active);
    await governor.connect(alice).castVote(proposal.id, FOR);
    await expect(proposal.queue()).to.be.revertedWithCustomError(governor, "GovernorUnexpectedProposalState");
    await proposal.close();
    expect(await governor.state(proposal.id)).to.equal(STATE.succeeded);
    expect(await governor.proposalNeedsQueuing(proposal.id)).to.equal(true);

    await proposal.queue();
    const queuedAt = BigInt(await time.latest());
    expect(await governor.state(proposal.id)).to.equal(STATE.queued);
    expect(await governor.proposalEta(proposal.id)).to.equal(queuedAt + SETTINGS.timelockDelay);
    await expect(proposal.execute()).to.be.revert(ethers);
    await proposal.mature();
    await proposal.execute();
    expect(await governor.state(proposal.id)).to.equal(STATE.executed);
    expect(await registry.manifestVersion(shares)).to.equal(1n);
    await expect(proposal.execute()).to.be.revertedWithCustomError(governor, "GovernorUnexpectedProposalState");
  });

  it("needs shares at the moment before it", async () => {
    const { governor, shares, propose, call, alice, stranger } = await loadFixture(manifestProposal);
    await shares.connect(alice).transfer(stranger, SETTINGS.proposalThreshold - 1n);
    await shares.connect(stranger).delegate(stranger);
    await expect(propose([call], "Too few", stranger))
      .to.be.revertedWithCustomError(governor, "GovernorInsufficientProposerVotes")
      .withArgs(stranger, SETTINGS.proposalThreshold - 1n, SETTINGS.proposalThreshold);
    await shares.connect(alice).transfer(stranger, 1n);
    await propose([call], "Enough", stranger);
  });

  it("is cancelled by its proposer as long as nobody can vote", async () => {
    const { governor, proposal } = await loadFixture(manifestProposal);
    await proposal.cancel();
    expect(await governor.state(proposal.id)).to.equal(STATE.canceled);
  });

  it("fails against a majority", async () => {
    const { governor, shares, alice, bob, propose, call } = await loadFixture(manifestProposal);
    await shares.connect(alice).transfer(bob, 200_000n);
    const proposal = await propose([call], "Contested");
    await proposal.open();
    await governor.connect(alice).castVote(proposal.id, FOR);
    await governor.connect(bob).castVote(proposal.id, AGAINST);
    await proposal.close();
    expect(await governor.state(proposal.id)).to.equal(STATE.defeated);
    await expect(proposal.queue()).to.be.revertedWithCustomError(governor, "GovernorUnexpectedProposalState");
  });

  it("fails below the quorum, which is a part of the supply, and passes at it", async () => {
    const { governor, shares, alice, bob, propose, call } = await loadFixture(manifestProposal);
    for (const [missing, state] of [
      [1n, STATE.defeated],
      [0n, STATE.succeeded],
    ] as const) {
      await shares.connect(bob).transfer(alice, (await shares.balanceOf(bob)) - (250_000n - missing));
      const proposal = await propose([call], `${missing} missing`);
      await proposal.open();
      await governor.connect(bob).castVote(proposal.id, FOR);
      await proposal.close();
      expect(await governor.state(proposal.id)).to.equal(state);
      await shares.connect(alice).transfer(bob, 150_000n + missing);
    }
  });

  it("stays open for a while when the quorum is reached late", async () => {
    const { governor, alice, bob, proposal } = await loadFixture(manifestProposal);
    const deadline = await governor.proposalDeadline(proposal.id);
    await time.setNextBlockTimestamp(deadline);
    const extended = deadline + SETTINGS.lateQuorumExtension;
    await expect(governor.connect(bob).castVote(proposal.id, FOR))
      .to.emit(governor, "ProposalExtended")
      .withArgs(proposal.id, extended);
    expect(await governor.proposalDeadline(proposal.id)).to.equal(extended);

    // Others see it in time.
    await time.setNextBlockTimestamp(extended);
    await governor.connect(alice).castVote(proposal.id, AGAINST);
    await proposal.close();
    expect(await governor.state(proposal.id)).to.equal(STATE.defeated);
  });

  it("is not held open when the quorum is reached early", async () => {
    const { governor, alice, proposal } = await loadFixture(manifestProposal);
    const deadline = await governor.proposalDeadline(proposal.id);
    await time.setNextBlockTimestamp(deadline - SETTINGS.lateQuorumExtension);
    await expect(governor.connect(alice).castVote(proposal.id, FOR)).not.to.emit(governor, "ProposalExtended");
    expect(await governor.proposalDeadline(proposal.id)).to.equal(deadline);
  });

  it("changes the rules of later votes", async () => {
    const { governor, pass } = await loadFixture(deployDao);
    await pass([await governor.updateQuorumNumerator.populateTransaction(50n)], "Half of the supply");
    expect(await governor["quorumNumerator()"]()).to.equal(50n);
  });

  it("spends the treasury, which is what the timelock holds", async () => {
    const { token, timelock, bob, pass } = await loadFixture(deployDao);
    await token.mint(timelock, 1_000n);
    await expect(pass([await token.transfer.populateTransaction(bob.address, 600n)], "Grant")).to.changeTokenBalances(
      ethers,
      token,
      [timelock, bob],
      [-600n, 600n],
    );
  });
});
