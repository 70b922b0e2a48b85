import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { DAY, deployVault } from "../../testing/deployVault.ts";

const { loadFixture, time } = networkHelpers;

describe("ShareVault.release of a lock that vests", () => {
  it("follows the schedule: linear from the start, nothing before the cliff, all at the end", async () => {
    const { vault, schedule, lock } = await loadFixture(deployVault);
    await lock(1_000n);
    for (const [at, vested] of [
      [schedule.start - 1n, 0n],
      [schedule.start + 10n * DAY, 0n],
      [schedule.cliff - 1n, 0n],
      [schedule.cliff, 200n],
      [schedule.start + 50n * DAY, 500n],
      [schedule.start + 50n * DAY + DAY / 10n - 1n, 500n],
      [schedule.start + 50n * DAY + DAY / 10n, 501n],
      [schedule.end - 1n, 999n],
      [schedule.end, 1_000n],
      [schedule.end + 1_000n * DAY, 1_000n],
    ]) {
      await time.increaseTo(at);
      expect(await vault.releasable(1n)).to.equal(vested);
    }
  });

  it("is the owner's, as far as shares have vested, to whom it likes", async () => {
    const { vault, shares, alice, bob, founder, schedule, lock } = await loadFixture(deployVault);
    await lock(1_000n);
    const owner = vault.connect(alice);
    await time.setNextBlockTimestamp(schedule.start + 50n * DAY);
    await expect(owner.release(1n, bob, 501n))
      .to.be.revertedWithCustomError(vault, "ShareVault_ExceedsReleasable")
      .withArgs(501n, 500n);
    await time.setNextBlockTimestamp(schedule.start + 50n * DAY + 1n);
    await expect(owner.release(1n, bob, 300n))
      .to.emit(vault, "SharesReleased")
      .withArgs(1n, bob, 300n);
    expect(await shares.balanceOf(bob)).to.equal(300n);
    expect((await vault.lockOf(1n)).released).to.equal(300n);

    await time.setNextBlockTimestamp(schedule.start + 60n * DAY);
    await expect(owner.release(1n, alice, 301n))
      .to.be.revertedWithCustomError(vault, "ShareVault_ExceedsReleasable")
      .withArgs(301n, 300n);
    await time.increaseTo(schedule.end);
    await owner.release(1n, alice, 700n);
    expect(await shares.balanceOf(await vault.boxOf(1n))).to.equal(0n);
    await expect(owner.release(1n, alice, 1n))
      .to.be.revertedWithCustomError(vault, "ShareVault_ExceedsReleasable")
      .withArgs(1n, 0n);
    await expect(vault.connect(founder).release(1n, founder, 0n))
      .to.be.revertedWithCustomError(vault, "ShareVault_NotAllowed")
      .withArgs(alice, founder);
  });

  it("goes to neither nobody, nor the vault, nor back into the box", async () => {
    const { vault, alice, schedule, lock } = await loadFixture(deployVault);
    await lock(1n);
    await time.increaseTo(schedule.end);
    for (const to of [ethers.ZeroAddress, await vault.getAddress(), await vault.boxOf(1n)])
      await expect(vault.connect(alice).release(1n, to, 1n))
        .to.be.revertedWithCustomError(vault, "ShareVault_InvalidAccount")
        .withArgs(to);
  });

  it("vests the largest lock over the longest time", async () => {
    const { vault, token, founder, alice } = await loadFixture(deployVault);
    const largest = 2n ** 64n - 1n;
    const shares = await ethers.deployContract("Shares", ["", "", token, founder, [founder], [largest]]);
    await shares.connect(founder).approve(vault, largest);
    await vault.connect(founder).lock(shares, alice, largest, { start: 0n, cliff: 0n, end: largest });
    expect(await vault.releasable(1n)).to.equal(BigInt(await time.latest()));
  });
});

describe("ShareVault.release of a lock under a controller", () => {
  it("is the controller's, as far as there are shares", async () => {
    const { vault, shares, alice, bob, controller, lockUnder } = await loadFixture(deployVault);
    await lockUnder(1_000n);
    const from = vault.connect(controller);
    await expect(from.release(1n, bob, 400n))
      .to.emit(vault, "SharesReleased")
      .withArgs(1n, bob, 400n);
    await expect(from.release(1n, bob, 601n))
      .to.be.revertedWithCustomError(vault, "ShareVault_ExceedsReleasable")
      .withArgs(601n, 600n);
    await expect(vault.connect(alice).release(1n, alice, 1n))
      .to.be.revertedWithCustomError(vault, "ShareVault_NotAllowed")
      .withArgs(controller, alice);
    await from.release(1n, alice, 600n);
    expect(await shares.balanceOf(alice)).to.equal(600n);
    expect(await vault.releasable(1n)).to.equal(0n);
  });

  it("leaves shares that somebody sent to the box", async () => {
    const { vault, shares, founder, controller, lockUnder } = await loadFixture(deployVault);
    await lockUnder(1_000n);
    const box = await vault.boxOf(1n);
    await shares.connect(founder).transfer(box, 5n);
    await expect(vault.connect(controller).release(1n, controller, 1_001n))
      .to.be.revertedWithCustomError(vault, "ShareVault_ExceedsReleasable")
      .withArgs(1_001n, 1_000n);
    await vault.connect(controller).release(1n, controller, 1_000n);
    expect(await shares.balanceOf(box)).to.equal(5n);
  });
});

describe("ShareBox", () => {
  it("obeys only the vault", async () => {
    const { vault, shares, alice, controller, lockUnder } = await loadFixture(deployVault);
    await lockUnder(1_000n);
    const box = await ethers.getContractAt("ShareBox", await vault.boxOf(1n));
    for (const owner of [alice, controller])
      for (const call of [
        () => box.connect(owner).send(shares, owner, 1n),
        () => box.connect(owner).trySend(shares, owner, 1n),
        () => box.connect(owner).delegate(shares, owner),
      ])
        await expect(call()).to.be.revertedWithCustomError(box, "ShareBox_NotVault").withArgs(vault, owner);
  });
});
