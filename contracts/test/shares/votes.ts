import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployShares } from "../../testing/deployShares.ts";

const { loadFixture, mine, time } = networkHelpers;

describe("Shares as votes", () => {
  it("count for whom they are delegated to, and follow transfers", async () => {
    const { shares, alice, bob, carol } = await loadFixture(deployShares);
    await shares.connect(alice).delegate(alice);
    await shares.connect(bob).delegate(carol);
    expect(await shares.getVotes(alice)).to.equal(600_000n);
    expect(await shares.getVotes(carol)).to.equal(400_000n);

    await shares.connect(alice).transfer(bob, 100_000n);
    expect(await shares.getVotes(alice)).to.equal(500_000n);
    expect(await shares.getVotes(carol)).to.equal(500_000n);
  });

  it("follow transfers to and from holders who delegate to nobody", async () => {
    const { shares, alice, bob, carol } = await loadFixture(deployShares);
    await shares.connect(alice).delegate(carol);
    await shares.connect(alice).transfer(bob, 100_000n);
    expect(await shares.getVotes(carol)).to.equal(500_000n);
    await shares.connect(bob).transfer(alice, 50_000n);
    expect(await shares.getVotes(carol)).to.equal(550_000n);

    await shares.connect(alice).delegate(ethers.ZeroAddress);
    expect(await shares.delegates(alice)).to.equal(ethers.ZeroAddress);
    await shares.connect(alice).transfer(bob, 1n);
    expect(await shares.getVotes(carol)).to.equal(0n);
    expect(await shares.balanceOf(alice)).to.equal(549_999n);
  });

  it("are remembered by time", async () => {
    const { shares, alice, bob } = await loadFixture(deployShares);
    await shares.connect(alice).delegate(alice);
    const then = await time.latest();
    await shares.connect(alice).transfer(bob, 600_000n);
    await mine(1, { interval: 10 });

    expect(await shares.CLOCK_MODE()).to.equal("mode=timestamp");
    expect(await shares.clock()).to.equal(BigInt(await time.latest()));
    expect(await shares.getPastVotes(alice, then)).to.equal(600_000n);
    expect(await shares.getVotes(alice)).to.equal(0n);
    expect(await shares.getPastTotalSupply(then)).to.equal(1_000_000n);
  });
});
