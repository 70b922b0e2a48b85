import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";

const { loadFixture } = networkHelpers;

/** Two locks of one model, half of its shares each, that earn a payment token which calls before it moves. */
async function callingToken() {
  const [founder, alice, bob] = await ethers.getSigners();
  const token = await ethers.deployContract("CallingToken");
  const vault = await ethers.deployContract("ShareVault");
  const shares = await ethers.deployContract("Shares", ["", "", token, founder, [founder], [2n]]);
  await shares.approve(vault, 2n);
  for (const owner of [alice, bob]) await vault.lockUnder(shares, owner, 1n, founder);
  await token.mint(shares, 200n);
  return { token, vault, shares, founder, alice, bob };
}

describe("Reentrancy", () => {
  it("is refused to the payment token by every function of ShareVault, and pays nobody twice", async () => {
    const { token, vault, shares, founder, alice, bob } = await loadFixture(callingToken);
    const model = await shares.getAddress();
    const calls: Record<string, readonly unknown[]> = {
      lock: [model, alice.address, 1n, { start: 0n, cliff: 0n, end: 0n }],
      lockUnder: [model, alice.address, 1n, founder.address],
      release: [1n, founder.address, 1n],
      claim: [1n],
      claimTo: [1n, bob.address],
      setPayee: [2n, alice.address],
      delegate: [1n, bob.address],
    };
    const changing = vault.interface.fragments.filter(ethers.FunctionFragment.isFragment).filter((f) => !f.constant);
    expect(Object.keys(calls).sort()).to.deep.equal(changing.map(({ name }) => name).sort());

    const refused = vault.interface.encodeErrorResult("ReentrancyGuardReentrantCall");
    for (const [name, values] of Object.entries(calls)) {
      await token.beforeTransfer(vault, vault.interface.encodeFunctionData(name as "lock", values as never));
      await token.mint(shares, 200n);
      await expect(vault.claim(1n)).to.emit(token, "Called").withArgs(false, refused);
      await expect(vault.setPayee(2n, bob)).to.emit(token, "Called").withArgs(false, refused);
    }
    // Eight times 200 came in, and each lock has half of the shares.
    expect(await token.balanceOf(alice)).to.equal(800n);
    expect(await token.balanceOf(bob)).to.equal(800n);
    expect(await token.balanceOf(shares)).to.equal(0n);
  });
});
