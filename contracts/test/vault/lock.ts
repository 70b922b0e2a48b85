import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployVault } from "../../testing/deployVault.ts";

const { loadFixture, time } = networkHelpers;
const { ZeroAddress } = ethers;

describe("ShareVault.lock", () => {
  it("moves shares into a box of their own, known before", async () => {
    const { vault, shares, founder, alice, schedule, lock } = await loadFixture(deployVault);
    const [first, second] = await Promise.all([vault.boxOf(1n), vault.boxOf(2n)]);
    const terms = [schedule.start, schedule.cliff, schedule.end];
    await expect(lock(600n))
      .to.emit(vault, "SharesLocked")
      .withArgs(1n, shares, alice, 600n, ZeroAddress, terms)
      .and.to.emit(shares, "Transfer")
      .withArgs(founder, first, 600n);
    await lock(1n);
    expect(await shares.balanceOf(first)).to.equal(600n);
    expect(await shares.balanceOf(second)).to.equal(1n);

    const model = await shares.getAddress();
    expect(await vault.lockOf(1n)).to.deep.equal([
      model,
      600n,
      alice.address,
      0n,
      ZeroAddress,
      alice.address,
      terms,
      0n,
    ]);
  });

  it("takes shares of the caller, by allowance", async () => {
    const { vault, shares, alice, bob, schedule } = await loadFixture(deployVault);
    await expect(vault.connect(bob).lock(shares, alice, 1n, schedule))
      .to.be.revertedWithCustomError(shares, "ERC20InsufficientAllowance")
      .withArgs(vault, 0n, 1n);
  });

  it("is not disturbed by shares that somebody sent to the box before", async () => {
    const { vault, shares, founder, lock } = await loadFixture(deployVault);
    await shares.connect(founder).transfer(await vault.boxOf(1n), 5n);
    await lock(600n);
    expect((await vault.lockOf(1n)).amount).to.equal(600n);
  });

  it("refuses nothing, nobody and no model", async () => {
    const { vault, shares, founder, alice, schedule } = await loadFixture(deployVault);
    const from = vault.connect(founder);
    await expect(from.lock(shares, alice, 0n, schedule)).to.be.revertedWithCustomError(vault, "ShareVault_ZeroShares");
    await expect(from.lock(alice, alice, 1n, schedule))
      .to.be.revertedWithCustomError(vault, "ShareVault_InvalidModel")
      .withArgs(alice);
    for (const owner of [ZeroAddress, await vault.getAddress(), await vault.boxOf(1n)])
      await expect(from.lock(shares, owner, 1n, schedule))
        .to.be.revertedWithCustomError(vault, "ShareVault_InvalidAccount")
        .withArgs(owner);
  });

  it("refuses a schedule out of order, and takes one of a single moment", async () => {
    const { vault, shares, founder, alice } = await loadFixture(deployVault);
    const from = vault.connect(founder);
    for (const [start, cliff, end] of [
      [2n, 1n, 3n],
      [1n, 4n, 3n],
      [3n, 3n, 2n],
    ])
      await expect(from.lock(shares, alice, 1n, { start, cliff, end }))
        .to.be.revertedWithCustomError(vault, "ShareVault_InvalidSchedule")
        .withArgs(start, cliff, end);
    const moment = BigInt(await time.latest()) + 100n;
    await from.lock(shares, alice, 1n, { start: moment, cliff: moment, end: moment });
    expect(await vault.releasable(1n)).to.equal(0n);
    await time.increaseTo(moment);
    expect(await vault.releasable(1n)).to.equal(1n);
  });
});

describe("ShareVault.lockUnder", () => {
  it("locks without a schedule, under a controller", async () => {
    const { vault, shares, alice, controller, lockUnder } = await loadFixture(deployVault);
    await expect(lockUnder(600n))
      .to.emit(vault, "SharesLocked")
      .withArgs(1n, shares, alice, 600n, controller, [0n, 0n, 0n]);
    expect(await shares.balanceOf(await vault.boxOf(1n))).to.equal(600n);
    expect(await vault.releasable(1n)).to.equal(600n);
    const { owner, payee } = await vault.lockOf(1n);
    expect([owner, payee]).to.deep.equal([alice.address, alice.address]);
    expect((await vault.lockOf(1n)).controller).to.equal(controller);
  });

  it("refuses a controller that is nobody, the vault or the owner", async () => {
    const { vault, shares, founder, alice } = await loadFixture(deployVault);
    for (const controller of [ZeroAddress, await vault.getAddress(), alice.address])
      await expect(vault.connect(founder).lockUnder(shares, alice, 1n, controller))
        .to.be.revertedWithCustomError(vault, "ShareVault_InvalidAccount")
        .withArgs(controller);
  });
});

describe("ShareVault", () => {
  it("knows no lock that was not made", async () => {
    const { vault, alice, lock } = await loadFixture(deployVault);
    await lock(1n);
    for (const id of [0n, 2n])
      for (const call of [
        () => vault.release(id, alice, 1n),
        () => vault.claim(id),
        () => vault.claimTo(id, alice),
        () => vault.setPayee(id, alice),
        () => vault.delegate(id, alice),
        () => vault.lockOf(id),
        () => vault.releasable(id),
        () => vault.claimable(id, alice),
      ])
        await expect(call()).to.be.revertedWithCustomError(vault, "ShareVault_UnknownLock").withArgs(id);
  });
});
