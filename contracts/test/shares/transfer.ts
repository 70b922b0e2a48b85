import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployShares } from "../../testing/deployShares.ts";

const { loadFixture } = networkHelpers;

describe("Shares.transfer", () => {
  it("moves shares and leaves what both have earned", async () => {
    const { shares, alice, bob, carol, pay } = await loadFixture(deployShares);
    await pay(2_000_001n);
    const before = await Promise.all([alice, bob, carol].map((holder) => shares.claimable(holder)));
    await expect(shares.connect(alice).transfer(carol, 100_000n))
      .to.emit(shares, "Transfer")
      .withArgs(alice, carol, 100_000n);
    await shares.connect(bob).transfer(carol, 400_000n);
    await shares.connect(carol).transfer(carol, 1n);
    await shares.connect(carol).transfer(bob, 0n);
    expect(await Promise.all([alice, bob, carol].map((holder) => shares.claimable(holder)))).to.deep.equal(before);

    // What comes in later goes by the new balances.
    await pay(1_000_000n);
    expect(await shares.claimable(carol)).to.equal(500_000n);
    expect(await shares.balanceOf(carol)).to.equal(500_000n);
  });

  it("names needed and available shares", async () => {
    const { shares, alice, bob } = await loadFixture(deployShares);
    for (const needed of [600_001n, ethers.MaxUint256])
      await expect(shares.connect(alice).transfer(bob, needed))
        .to.be.revertedWithCustomError(shares, "ERC20InsufficientBalance")
        .withArgs(alice, 600_000n, needed);
  });

  it("refuses to send to nobody, or to the shares themselves", async () => {
    const { shares, alice } = await loadFixture(deployShares);
    for (const to of [ethers.ZeroAddress, await shares.getAddress()])
      await expect(shares.connect(alice).transfer(to, 1n))
        .to.be.revertedWithCustomError(shares, "ERC20InvalidReceiver")
        .withArgs(to);
  });
});

describe("Shares.transferFrom", () => {
  it("spends an allowance, but for an endless one", async () => {
    const { shares, alice, bob, carol } = await loadFixture(deployShares);
    await expect(shares.connect(alice).approve(carol, 10n)).to.emit(shares, "Approval").withArgs(alice, carol, 10n);
    await shares.connect(carol).transferFrom(alice, bob, 4n);
    expect(await shares.allowance(alice, carol)).to.equal(6n);
    await expect(shares.connect(carol).transferFrom(alice, bob, 7n))
      .to.be.revertedWithCustomError(shares, "ERC20InsufficientAllowance")
      .withArgs(carol, 6n, 7n);

    await shares.connect(alice).approve(carol, ethers.MaxUint256);
    await shares.connect(carol).transferFrom(alice, bob, 7n);
    expect(await shares.allowance(alice, carol)).to.equal(ethers.MaxUint256);
    expect(await shares.balanceOf(bob)).to.equal(400_011n);
  });

  it("sends nothing from nobody, which would look like an issue", async () => {
    const { shares, alice, bob } = await loadFixture(deployShares);
    await expect(shares.connect(alice).transferFrom(ethers.ZeroAddress, bob, 0n))
      .to.be.revertedWithCustomError(shares, "ERC20InvalidSender")
      .withArgs(ethers.ZeroAddress);
  });

  it("has nobody to approve at the zero address", async () => {
    const { shares, alice } = await loadFixture(deployShares);
    await expect(shares.connect(alice).approve(ethers.ZeroAddress, 1n))
      .to.be.revertedWithCustomError(shares, "ERC20InvalidSpender")
      .withArgs(ethers.ZeroAddress);
  });
});
