import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployVault, EIGHTH } from "../../testing/deployVault.ts";

const { loadFixture } = networkHelpers;

/** A lock of alice under the controller, an eighth of the supply, which has earned 100. */
async function earnedLock() {
  const vaulted = await deployVault();
  await vaulted.lockUnder(EIGHTH);
  await vaulted.pay(800n);
  return { ...vaulted, controlled: vaulted.vault.connect(vaulted.controller) };
}

describe("ShareVault.setPayee", () => {
  it("pays the payee before what accrued before, and the new one what comes after", async () => {
    const { vault, controlled, token, alice, bob, pay } = await loadFixture(earnedLock);
    const changing = controlled.setPayee(1n, bob);
    await expect(changing)
      .to.emit(vault, "PayeeChanged")
      .withArgs(1n, alice, bob)
      .and.to.emit(vault, "LockClaimed")
      .withArgs(1n, alice, alice, 100n);
    await expect(changing).to.changeTokenBalance(ethers, token, alice, 100n);
    const { owner, payee } = await vault.lockOf(1n);
    expect([owner, payee]).to.deep.equal([alice.address, bob.address]);

    await pay(1_600n);
    expect(await vault.claimable(1n, alice)).to.equal(0n);
    await expect(vault.claim(1n)).to.changeTokenBalances(ethers, token, [alice, bob], [0n, 200n]);
  });

  it("pays nothing when nothing accrued", async () => {
    const { vault, controlled, alice, bob } = await loadFixture(earnedLock);
    await controlled.setPayee(1n, bob);
    await expect(controlled.setPayee(1n, alice)).not.to.emit(vault, "LockClaimed");
    expect((await vault.lockOf(1n)).payee).to.equal(alice);
  });

  it("reserves what the payee before cannot be paid, for that payee alone", async () => {
    const { vault, controlled, token, alice, bob, stranger, pay } = await loadFixture(earnedLock);
    await token.setFrozen(alice, true);
    await expect(controlled.setPayee(1n, bob))
      .to.emit(vault, "RevenueReserved")
      .withArgs(1n, alice, 100n)
      .and.not.to.emit(vault, "LockClaimed");
    await pay(1_600n);
    expect((await vault.lockOf(1n)).reserved).to.equal(100n);
    expect(await vault.claimable(1n, alice)).to.equal(100n);
    expect(await vault.claimable(1n, bob)).to.equal(200n);

    await expect(vault.claim(1n)).to.changeTokenBalance(ethers, token, bob, 200n);
    await expect(vault.connect(bob).claimTo(1n, bob)).not.to.emit(vault, "LockClaimed");
    const claiming = vault.connect(alice).claimTo(1n, stranger);
    await expect(claiming).to.emit(vault, "LockClaimed").withArgs(1n, alice, stranger, 100n);
    await expect(claiming).to.changeTokenBalance(ethers, token, stranger, 100n);
    expect((await vault.lockOf(1n)).reserved).to.equal(0n);
    await expect(vault.connect(alice).claimTo(1n, stranger)).not.to.emit(vault, "LockClaimed");
  });

  it("pays reserves and revenue together to who is payee again", async () => {
    const { vault, controlled, token, alice, bob, pay } = await loadFixture(earnedLock);
    await token.setFrozen(alice, true);
    await controlled.setPayee(1n, bob);
    await controlled.setPayee(1n, alice);
    await pay(1_600n);
    await controlled.setPayee(1n, bob);
    expect((await vault.lockOf(1n)).reserved).to.equal(300n);
    await controlled.setPayee(1n, alice);
    await pay(2_400n);
    await token.setFrozen(alice, false);
    expect(await vault.claimable(1n, alice)).to.equal(600n);
    await expect(vault.claim(1n)).to.changeTokenBalance(ethers, token, alice, 600n);
    expect((await vault.lockOf(1n)).reserved).to.equal(0n);
  });

  it("is for the controller alone, and there is none for a lock that vests", async () => {
    const { vault, alice, controller, lock } = await loadFixture(earnedLock);
    await lock(1n);
    for (const [id, expected] of [
      [1n, controller.address],
      [2n, ethers.ZeroAddress],
    ] as const)
      await expect(vault.connect(alice).setPayee(id, alice))
        .to.be.revertedWithCustomError(vault, "ShareVault_NotAllowed")
        .withArgs(expected, alice);
  });

  it("names neither nobody, nor the vault, nor the box", async () => {
    const { vault, controlled } = await loadFixture(earnedLock);
    for (const payee of [ethers.ZeroAddress, await vault.getAddress(), await vault.boxOf(1n)])
      await expect(controlled.setPayee(1n, payee))
        .to.be.revertedWithCustomError(vault, "ShareVault_InvalidAccount")
        .withArgs(payee);
  });
});
