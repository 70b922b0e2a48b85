import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployVault, EIGHTH } from "../../testing/deployVault.ts";

const { loadFixture } = networkHelpers;

/**
 * A lock of honest shares (1) and two of hostile ones (2, 3), all of alice under the controller; the hostile ones claim
 * to earn the honest payment token.
 */
async function besideHostile() {
  const vaulted = await deployVault();
  const { vault, token, founder, alice, controller, lockUnder } = vaulted;
  const hostile = await ethers.deployContract("HostileShares", [token]);
  await lockUnder(EIGHTH);
  await hostile.mint(founder, 1_000n);
  await hostile.connect(founder).approve(vault, ethers.MaxUint256);
  const lockHostile = () => vault.connect(founder).lockUnder(hostile, alice, 100n, controller);
  await lockHostile();
  await lockHostile();
  return { ...vaulted, hostile, lockHostile, controlled: vault.connect(controller) };
}

describe("ShareVault with hostile models", () => {
  it("refuses shares that keep a fee", async () => {
    const { vault, hostile, lockHostile } = await loadFixture(besideHostile);
    await hostile.setFee(1n);
    await expect(lockHostile()).to.be.revertedWithCustomError(vault, "Transfers_Inexact").withArgs(100n, 99n);
  });

  it("moves shares of a model that returns nothing", async () => {
    const { vault, founder, alice, controller } = await loadFixture(deployVault);
    const silent = await ethers.deployContract("SilentToken");
    await silent.mint(founder, 100n);
    await vault.connect(founder).lockUnder(silent, alice, 100n, controller);
    await vault.connect(controller).release(1n, alice, 60n);
    expect(await silent.balanceOf(alice)).to.equal(60n);
    expect(await silent.balanceOf(await vault.boxOf(1n))).to.equal(40n);
  });

  it("refuses every call that a model makes while it is asked to do something", async () => {
    const { vault, controlled, hostile, token, founder, alice, bob, schedule, lockHostile } =
      await loadFixture(besideHostile);
    await token.mint(await vault.boxOf(2n), 1n);
    const model = await hostile.getAddress();
    const calls = [
      vault.interface.encodeFunctionData("lock", [model, alice.address, 1n, schedule]),
      vault.interface.encodeFunctionData("lockUnder", [model, alice.address, 1n, bob.address]),
      vault.interface.encodeFunctionData("release", [2n, alice.address, 1n]),
      vault.interface.encodeFunctionData("claim", [1n]),
      vault.interface.encodeFunctionData("claimTo", [1n, alice.address]),
      vault.interface.encodeFunctionData("setPayee", [2n, bob.address]),
      vault.interface.encodeFunctionData("delegate", [2n, bob.address]),
    ];
    const refused = vault.interface.encodeErrorResult("ReentrancyGuardReentrantCall");
    for (const call of calls) {
      await hostile.beforeAnything(vault, call);
      for (const asked of [
        () => lockHostile(),
        () => controlled.release(2n, alice, 1n),
        () => vault.claim(2n),
        () => vault.connect(alice).claimTo(2n, alice),
        () => controlled.setPayee(2n, alice),
        () => vault.connect(alice).delegate(2n, alice),
      ])
        await expect(asked()).to.emit(hostile, "Called").withArgs(false, refused);
    }
    expect(await hostile.balanceOf(founder)).to.equal(100n);
  });

  it("pays out of a lock's own box only, whatever the model says that it paid", async () => {
    const { vault, controlled, hostile, token, alice, bob, pay } = await loadFixture(besideHostile);
    await pay(800n);
    await token.mint(await vault.boxOf(3n), 7n);
    await expect(vault.claim(2n)).not.to.emit(vault, "LockClaimed");
    await expect(controlled.setPayee(2n, bob)).not.to.emit(vault, "LockClaimed");
    await expect(vault.claim(1n)).to.changeTokenBalance(ethers, token, alice, 100n);
    await expect(vault.claim(3n)).to.changeTokenBalance(ethers, token, alice, 7n);

    // Its own shares as payment token empty a hostile lock's own box.
    await hostile.setPaymentToken(hostile);
    await vault.claim(2n);
    expect(await hostile.balanceOf(await vault.boxOf(2n))).to.equal(0n);
    expect(await hostile.balanceOf(await vault.boxOf(3n))).to.equal(100n);
    await expect(controlled.release(2n, bob, 1n)).to.be.revertedWithCustomError(hostile, "ERC20InsufficientBalance");
  });

  it("keeps reserves when a model changes its payment token", async () => {
    const { vault, controlled, hostile, token, alice, bob } = await loadFixture(besideHostile);
    const box = await vault.boxOf(2n);
    await token.mint(box, 10n);
    await token.setFrozen(alice, true);
    await controlled.setPayee(2n, bob);
    const other = await ethers.deployContract("TestDollar");
    await hostile.setPaymentToken(other);
    await other.mint(box, 4n);
    expect(await vault.claim.staticCall(2n)).to.equal(0n);
    await expect(vault.connect(alice).claimTo(2n, bob)).to.be.revertedWithCustomError(
      other,
      "ERC20InsufficientBalance",
    );
    await hostile.setPaymentToken(token);
    await expect(vault.connect(alice).claimTo(2n, bob)).to.changeTokenBalance(ethers, token, bob, 10n);
  });
});

describe("ShareVault with a payment token that refuses", () => {
  it("still releases shares, and loses no revenue", async () => {
    const { vault, controlled, token, shares, alice, bob, pay } = await loadFixture(besideHostile);
    await pay(800n);
    const box = await vault.boxOf(1n);
    await token.setFrozen(box, true);
    await controlled.release(1n, bob, EIGHTH);
    expect(await shares.balanceOf(bob)).to.equal(EIGHTH);
    for (const call of [
      () => vault.claim(1n),
      () => vault.connect(alice).claimTo(1n, bob),
      () => controlled.setPayee(1n, bob),
    ])
      await expect(call()).to.be.revertedWithCustomError(token, "Frozen").withArgs(box);
    await token.setFrozen(box, false);
    await expect(vault.claim(1n)).to.changeTokenBalance(ethers, token, alice, 100n);
  });

  it("lets the payee of one lock hold up no other", async () => {
    const { vault, token, alice, bob, pay, lockUnder } = await loadFixture(besideHostile);
    await lockUnder(EIGHTH, bob);
    await pay(800n);
    await token.setFrozen(alice, true);
    await expect(vault.claim(1n)).to.be.revertedWithCustomError(token, "Frozen").withArgs(alice);
    await expect(vault.claim(4n)).to.changeTokenBalance(ethers, token, bob, 100n);
  });
});
