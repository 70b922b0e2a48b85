import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployVault, EIGHTH } from "../../testing/deployVault.ts";

const { loadFixture, time } = networkHelpers;

/** Two locks of alice, an eighth of the supply each: the first vests, the second is under the controller. */
async function twoLocks() {
  const vaulted = await deployVault();
  await vaulted.lock(EIGHTH);
  await vaulted.lockUnder(EIGHTH);
  return vaulted;
}

describe("ShareVault.claim", () => {
  it("pays each lock's revenue to its owner, whoever calls", async () => {
    const { vault, token, alice, bob, controller, stranger, pay } = await loadFixture(twoLocks);
    await pay(800n);
    for (const id of [1n, 2n]) {
      expect(await vault.claimable(id, alice)).to.equal(100n);
      const claiming = vault.connect(stranger).claim(id);
      await expect(claiming).to.emit(vault, "LockClaimed").withArgs(id, alice, alice, 100n);
      await expect(claiming).to.changeTokenBalance(ethers, token, alice, 100n);
      for (const account of [alice, bob, controller]) expect(await vault.claimable(id, account)).to.equal(0n);
    }
  });

  it("pays nothing twice, and does not revert", async () => {
    const { vault, pay } = await loadFixture(twoLocks);
    await pay(800n);
    await vault.claim(1n);
    await expect(vault.claim(1n)).not.to.emit(vault, "LockClaimed");
    expect(await vault.claim.staticCall(1n)).to.equal(0n);
  });

  it("pays what somebody claimed for the box before", async () => {
    const { vault, shares, token, alice, pay } = await loadFixture(twoLocks);
    await pay(800n);
    const box = await vault.boxOf(1n);
    await expect(shares.claim(box)).to.changeTokenBalance(ethers, token, box, 100n);
    await pay(400n);
    expect(await vault.claimable(1n, alice)).to.equal(150n);
    expect(await vault.claim.staticCall(1n)).to.equal(150n);
    await expect(vault.claim(1n)).to.changeTokenBalances(ethers, token, [box, alice], [-100n, 150n]);
  });

  it("still pays what shares earned before they were released", async () => {
    const { vault, shares, token, alice, bob, schedule, pay } = await loadFixture(twoLocks);
    await pay(800n);
    await time.increaseTo(schedule.end);
    await vault.connect(alice).release(1n, bob, EIGHTH);
    await pay(800n);
    expect(await shares.claimable(bob)).to.equal(100n);
    await expect(vault.claim(1n)).to.changeTokenBalance(ethers, token, alice, 100n);
  });

  it("leaves to a controller that is its own payee to claim", async () => {
    const { vault, token, alice, controller, pay } = await loadFixture(twoLocks);
    await vault.connect(controller).setPayee(2n, controller);
    await pay(800n);
    await expect(vault.connect(alice).claim(2n))
      .to.be.revertedWithCustomError(vault, "ShareVault_NotAllowed")
      .withArgs(controller, alice);
    await expect(vault.connect(controller).claim(2n)).to.changeTokenBalance(ethers, token, controller, 100n);
  });

  it("does not fail when the token took something back", async () => {
    const { vault, founder, alice } = await loadFixture(deployVault);
    const token = await ethers.deployContract("FeeToken");
    const shares = await ethers.deployContract("Shares", ["", "", token, founder, [founder], [2n]]);
    await shares.connect(founder).approve(vault, 2n);
    await vault.connect(founder).lockUnder(shares, alice, 1n, founder);
    await token.mint(shares, 200n);
    await shares.accrue();
    await shares.claim(await vault.boxOf(1n));
    await token.burn(await vault.boxOf(1n), 60n);
    expect(await vault.claimable(1n, alice)).to.equal(39n);
    // The token burns one more unit of every transfer.
    await expect(vault.claim(1n)).to.changeTokenBalance(ethers, token, alice, 38n);
  });
});

describe("ShareVault.claimTo", () => {
  it("pays the payee's revenue to another account", async () => {
    const { vault, token, alice, bob, pay } = await loadFixture(twoLocks);
    await pay(800n);
    await token.setFrozen(alice, true);
    await expect(vault.claim(1n)).to.be.revertedWithCustomError(token, "Frozen").withArgs(alice);

    const claiming = vault.connect(alice).claimTo(1n, bob);
    await expect(claiming).to.emit(vault, "LockClaimed").withArgs(1n, alice, bob, 100n);
    await expect(claiming).to.changeTokenBalance(ethers, token, bob, 100n);
  });

  it("pays nothing to who is owed nothing", async () => {
    const { vault, controller, stranger, pay } = await loadFixture(twoLocks);
    await pay(800n);
    for (const account of [controller, stranger])
      for (const id of [1n, 2n]) {
        expect(await vault.connect(account).claimTo.staticCall(id, account)).to.equal(0n);
        await expect(vault.connect(account).claimTo(id, account)).not.to.emit(vault, "LockClaimed");
      }
  });

  it("pays neither nobody, nor the vault, nor the box", async () => {
    const { vault, alice, pay } = await loadFixture(twoLocks);
    await pay(800n);
    for (const to of [ethers.ZeroAddress, await vault.getAddress(), await vault.boxOf(1n)])
      await expect(vault.connect(alice).claimTo(1n, to))
        .to.be.revertedWithCustomError(vault, "ShareVault_InvalidAccount")
        .withArgs(to);
  });
});
