import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployVault } from "../../testing/deployVault.ts";

const { loadFixture } = networkHelpers;

describe("ShareVault.delegate", () => {
  it("has the shares of one lock vote as its owner says, under a controller too", async () => {
    const { vault, shares, alice, bob, controller, stranger, lock, lockUnder } = await loadFixture(deployVault);
    await lock(600n);
    await lockUnder(30n);
    await lockUnder(1n, stranger);
    expect(await shares.getVotes(alice)).to.equal(0n);
    await expect(vault.connect(alice).delegate(1n, alice)).to.emit(vault, "LockDelegated").withArgs(1n, alice);
    await vault.connect(alice).delegate(2n, bob);
    await vault.connect(stranger).delegate(3n, bob);
    expect(await shares.getVotes(alice)).to.equal(600n);
    expect(await shares.getVotes(bob)).to.equal(31n);

    // Votes follow shares out of the lock.
    await vault.connect(controller).release(2n, stranger, 10n);
    expect(await shares.getVotes(bob)).to.equal(21n);
    await vault.connect(alice).delegate(2n, ethers.ZeroAddress);
    expect(await shares.getVotes(bob)).to.equal(1n);
  });

  it("is for the owner alone", async () => {
    const { vault, alice, controller, lockUnder } = await loadFixture(deployVault);
    await lockUnder(1n);
    await expect(vault.connect(controller).delegate(1n, controller))
      .to.be.revertedWithCustomError(vault, "ShareVault_NotAllowed")
      .withArgs(alice, controller);
  });
});
