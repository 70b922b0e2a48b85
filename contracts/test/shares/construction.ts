import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployShares } from "../../testing/deployShares.ts";

const { loadFixture } = networkHelpers;
const MAX_SUPPLY = 2n ** 64n - 1n;

describe("Shares", () => {
  it("mint their supply once, to the first holders", async () => {
    const { shares, token, modelOwner, alice, bob } = await loadFixture(deployShares);
    expect([await shares.name(), await shares.symbol(), await shares.decimals()]).to.deep.equal([
      "Model One",
      "ONE",
      6n,
    ]);
    expect(await shares.totalSupply()).to.equal(1_000_000n);
    expect(await shares.balanceOf(alice)).to.equal(600_000n);
    expect(await shares.owner()).to.equal(modelOwner);
    expect(await shares.paymentToken()).to.equal(token);
    await expect(shares.deploymentTransaction())
      .to.emit(shares, "Transfer")
      .withArgs(ethers.ZeroAddress, alice, 600_000n)
      .and.to.emit(shares, "Transfer")
      .withArgs(ethers.ZeroAddress, bob, 400_000n);
  });

  it("add up for a holder named twice, to the largest supply", async () => {
    const { token, alice } = await loadFixture(deployShares);
    const shares = await ethers.deployContract("Shares", ["", "", token, alice, [alice, alice], [1n, MAX_SUPPLY - 1n]]);
    expect(await shares.balanceOf(alice)).to.equal(MAX_SUPPLY);
  });

  it("refuse lists, supplies, holders and payment tokens that make no sense", async () => {
    const { shares, token, alice, bob } = await loadFixture(deployShares);
    const deploy = (paymentToken: string, holders: string[], amounts: bigint[]) =>
      ethers.deployContract("Shares", ["", "", paymentToken, alice, holders, amounts]);
    const dollar = await token.getAddress();

    await expect(deploy(dollar, [alice.address], [1n, 2n]))
      .to.be.revertedWithCustomError(shares, "Shares_LengthMismatch")
      .withArgs(1n, 2n);
    for (const amounts of [[], [0n]])
      await expect(
        deploy(
          dollar,
          amounts.map(() => alice.address),
          amounts,
        ),
      )
        .to.be.revertedWithCustomError(shares, "Shares_SupplyOutOfBounds")
        .withArgs(0n, MAX_SUPPLY);
    await expect(deploy(dollar, [alice.address, alice.address], [MAX_SUPPLY, 1n]))
      .to.be.revertedWithCustomError(shares, "Shares_SupplyOutOfBounds")
      .withArgs(MAX_SUPPLY + 1n, MAX_SUPPLY);
    await expect(deploy(dollar, [ethers.ZeroAddress], [1n]))
      .to.be.revertedWithCustomError(shares, "ERC20InvalidReceiver")
      .withArgs(ethers.ZeroAddress);
    await expect(deploy(bob.address, [alice.address], [1n]))
      .to.be.revertedWithCustomError(shares, "Shares_InvalidPaymentToken")
      .withArgs(bob);
  });
});
