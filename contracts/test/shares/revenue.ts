import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployShares, MAX_LIFETIME_REVENUE } from "../../testing/deployShares.ts";

const { loadFixture } = networkHelpers;

describe("Shares.accrue", () => {
  it("shares out what came in, whoever calls", async () => {
    const { shares, token, carol } = await loadFixture(deployShares);
    await token.mint(shares, 700n);
    await expect(shares.connect(carol).accrue()).to.emit(shares, "RevenueAccrued").withArgs(700n, 700n);
    await token.mint(shares, 300n);
    await expect(shares.accrue()).to.emit(shares, "RevenueAccrued").withArgs(300n, 1_000n);
    await token.mint(shares, 1n);
    await expect(shares.accrue()).to.emit(shares, "RevenueAccrued").withArgs(1n, 1_001n);
    expect(await shares.lifetimeRevenue()).to.equal(1_001n);
  });

  it("accrues nothing twice, and does not revert", async () => {
    const { shares, pay } = await loadFixture(deployShares);
    await pay(700n);
    await expect(shares.accrue()).not.to.emit(shares, "RevenueAccrued");
    expect(await shares.accrue.staticCall()).to.equal(0n);
  });

  it("does not revert when the token took something back", async () => {
    const { modelOwner, alice } = await loadFixture(deployShares);
    const token = await ethers.deployContract("FeeToken");
    const shares = await ethers.deployContract("Shares", ["Fee", "FEE", token, modelOwner, [alice], [1n]]);
    await token.mint(shares, 100n);
    await shares.accrue();
    await token.burn(shares, 60n);
    await expect(shares.accrue()).not.to.emit(shares, "RevenueAccrued");
    await token.mint(shares, 70n);
    await expect(shares.accrue()).to.emit(shares, "RevenueAccrued").withArgs(10n, 110n);
  });

  it("stops at its bound, and claims go on", async () => {
    const { shares, token, alice, pay } = await loadFixture(deployShares);
    await pay(MAX_LIFETIME_REVENUE - 5n);
    await expect(pay(9n)).to.emit(shares, "RevenueAccrued").withArgs(5n, MAX_LIFETIME_REVENUE);
    await expect(pay(1n)).not.to.emit(shares, "RevenueAccrued");
    expect(await shares.accrue.staticCall()).to.equal(0n);

    const due = (MAX_LIFETIME_REVENUE * 6n) / 10n;
    await expect(shares.claim(alice)).to.changeTokenBalance(ethers, token, alice, due);
    await expect(shares.accrue()).not.to.emit(shares, "RevenueAccrued");
  });
});

describe("Shares.claim", () => {
  it("pays the holder, whoever calls", async () => {
    const { shares, token, alice, carol, pay } = await loadFixture(deployShares);
    await pay(2n ** 20n * 1_000_000n);
    const due = 2n ** 20n * 600_000n;
    const claiming = shares.connect(carol).claim(alice);
    await expect(claiming).to.emit(shares, "RevenueClaimed").withArgs(alice, alice, due);
    await expect(claiming).to.changeTokenBalances(ethers, token, [shares, alice], [-due, due]);
    expect(await shares.claimable(alice)).to.equal(0n);
    expect(await shares.claimedRevenue()).to.equal(due);
  });

  it("pays nothing twice, nor to who has nothing, and does not revert", async () => {
    const { shares, alice, carol, pay } = await loadFixture(deployShares);
    await pay(1_000n);
    await shares.claim(alice);
    for (const holder of [alice, carol]) await expect(shares.claim(holder)).not.to.emit(shares, "RevenueClaimed");
  });

  it("pays the caller's revenue to another account", async () => {
    const { shares, token, bob, carol, pay } = await loadFixture(deployShares);
    await pay(2_000_000n);
    const claiming = shares.connect(bob).claimTo(carol);
    await expect(claiming).to.emit(shares, "RevenueClaimed").withArgs(bob, carol, 800_000n);
    await expect(claiming).to.changeTokenBalances(ethers, token, [shares, carol], [-800_000n, 800_000n]);
    expect(await shares.claimable(bob)).to.equal(0n);
    expect(await shares.balanceOf(carol)).to.equal(0n);
    for (const to of [ethers.ZeroAddress, await shares.getAddress()])
      await expect(shares.connect(bob).claimTo(to))
        .to.be.revertedWithCustomError(shares, "Shares_InvalidRecipient")
        .withArgs(to);
  });
});

describe("Shares.claimableRevenue", () => {
  it("is what can be claimed now, whatever the snapshot", async () => {
    const { shares, alice, carol, pay } = await loadFixture(deployShares);
    await pay(2_000_000n);
    for (const snapshot of [0n, 1n, ethers.MaxUint256]) {
      expect(await shares.claimableRevenue(alice, snapshot)).to.equal(1_200_000n);
      expect(await shares.claimableRevenue(carol, snapshot)).to.equal(0n);
    }
    await shares.claim(alice);
    expect(await shares.claimableRevenue(alice, 0n)).to.equal(0n);
  });
});
