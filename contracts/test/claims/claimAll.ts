import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";

const { loadFixture } = networkHelpers;

/** Two models that owe alice 60 % of 1,000 and of 2,000, each in a token of its own. */
async function twoModels() {
  const [, alice, bob, stranger] = await ethers.getSigners();
  const claims = await ethers.deployContract("Claims");
  const deploy = async (revenue: bigint) => {
    const token = await ethers.deployContract("FreezableToken");
    const shares = await ethers.deployContract("Shares", ["", "", token, alice, [alice, bob], [600n, 400n]]);
    await token.mint(shares, revenue);
    await shares.accrue();
    return { token, shares, address: await shares.getAddress() };
  };
  return { claims: claims.connect(stranger), alice, bob, first: await deploy(1_000n), second: await deploy(2_000n) };
}

describe("Claims.claimAll", () => {
  it("has every model pay the holder, whoever calls", async () => {
    const { claims, alice, first, second } = await loadFixture(twoModels);
    const models = [first.address, second.address, first.address];
    expect(await claims.claimAll.staticCall(models, alice)).to.deep.equal([600n, 1_200n, 0n]);

    const claiming = claims.claimAll(models, alice);
    await expect(claiming).to.changeTokenBalance(ethers, first.token, alice, 600n);
    await expect(claiming).to.changeTokenBalance(ethers, second.token, alice, 1_200n);
    await expect(claiming).not.to.emit(claims, "ClaimFailed");
  });

  it("pays nothing for no models, nor to who has nothing", async () => {
    const { claims, alice, first } = await loadFixture(twoModels);
    expect(await claims.claimAll.staticCall([], alice)).to.deep.equal([]);
    expect(await claims.claimAll.staticCall([first.address], claims)).to.deep.equal([0n]);
  });

  it("skips models that fail, and says so", async () => {
    const { claims, alice, bob, first, second } = await loadFixture(twoModels);
    await first.token.setFrozen(alice, true);
    const noContract = bob.address;
    const noModel = await first.token.getAddress();
    const models = [first.address, noContract, second.address, noModel];
    expect(await claims.claimAll.staticCall(models, alice)).to.deep.equal([0n, 0n, 1_200n, 0n]);

    const claiming = claims.claimAll(models, alice);
    for (const model of [first.address, noContract, noModel])
      await expect(claiming).to.emit(claims, "ClaimFailed").withArgs(model, alice);
    await expect(claiming).to.changeTokenBalance(ethers, second.token, alice, 1_200n);

    await first.token.setFrozen(alice, false);
    expect(await claims.claimAll.staticCall([first.address], alice)).to.deep.equal([600n]);
  });
});
