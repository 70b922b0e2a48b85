import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";

const { loadFixture } = networkHelpers;

/** A model of alice and bob, half each, that earns a payment token which keeps a unit of every transfer. */
async function feeToken() {
  const [payer, alice, bob] = await ethers.getSigners();
  const token = await ethers.deployContract("FeeToken");
  const shares = await ethers.deployContract("Shares", ["", "", token, payer, [alice, bob], [1n, 1n]]);
  await token.mint(payer, 1_000n);
  return { token, shares, alice, bob };
}

describe("Shares, in a payment token that keeps a fee", () => {
  it("count what came in, pay what that is, and leave the fee to who receives", async () => {
    const { token, shares, alice, bob } = await loadFixture(feeToken);
    await token.transfer(shares, 101n);
    await shares.accrue();
    expect(await shares.lifetimeRevenue()).to.equal(100n);
    for (const holder of [alice, bob]) {
      await shares.claim(holder);
      expect(await token.balanceOf(holder)).to.equal(49n);
    }
    expect(await shares.claimedRevenue()).to.equal(100n);
    expect(await token.balanceOf(shares)).to.equal(0n);
  });
});
