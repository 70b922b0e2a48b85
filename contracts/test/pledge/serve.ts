import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployLoan, deployPledge, STATUS } from "../../testing/deployPledge.ts";
import { EIGHTH } from "../../testing/deployVault.ts";

const { loadFixture } = networkHelpers;

describe("Pledge.serve", () => {
  it("pays the lender out of revenue, whoever calls", async () => {
    const { pledge, token, buyer, lender, borrower, id, pay } = await loadFixture(deployLoan);
    await pay(2_400n);
    expect(await pledge.serve.staticCall(id)).to.equal(300n);
    const serving = pledge.connect(buyer).serve(id);
    await expect(serving).to.emit(pledge, "PledgeServed").withArgs(id, 300n, 300n);
    await expect(serving).to.changeTokenBalances(ethers, token, [lender, borrower, pledge], [300n, 0n, 0n]);
    expect((await pledge.pledgeOf(id)).paid).to.equal(300n);
  });

  it("ends the pledge when nothing is left of the debt, and pays the rest to the borrower", async () => {
    const { pledge, vault, token, shares, lender, borrower, id, pay, status } = await loadFixture(deployLoan);
    await pay(8_000n);
    await pledge.serve(id);
    await pay(1_600n);
    const serving = pledge.serve(id);
    await expect(serving)
      .to.emit(pledge, "PledgeServed")
      .withArgs(id, 200n, 100n)
      .and.to.emit(pledge, "PledgeEnded")
      .withArgs(id);
    await expect(serving).to.changeTokenBalances(ethers, token, [lender, borrower, pledge], [100n, 100n, 0n]);
    expect(await status(id)).to.equal(STATUS.repaid);
    await expect(pledge.connect(borrower).withdraw(id)).to.changeTokenBalance(ethers, shares, borrower, EIGHTH);
    expect(await vault.releasable(1n)).to.equal(0n);
  });

  it("ends the pledge on revenue that is just enough, not on one unit less", async () => {
    const { pledge, id, pay, status } = await loadFixture(deployLoan);
    await pay(8_792n);
    await expect(pledge.serve(id)).to.emit(pledge, "PledgeServed").withArgs(id, 1_099n, 1_099n);
    expect(await status(id)).to.equal(STATUS.lent);
    await pay(8n);
    await expect(pledge.serve(id)).to.emit(pledge, "PledgeServed").withArgs(id, 1n, 1n);
    expect(await status(id)).to.equal(STATUS.repaid);
  });

  it("does nothing when nothing came in", async () => {
    const { pledge, id } = await loadFixture(deployLoan);
    await expect(pledge.serve(id)).not.to.emit(pledge, "PledgeServed");
  });

  it("pays the borrower what came in before the pledge was over", async () => {
    const { pledge, token, borrower, lender, id, pay } = await loadFixture(deployLoan);
    await pay(800n);
    await pledge.connect(borrower).repay(id, 1_100n);
    const serving = pledge.serve(id);
    await expect(serving).to.emit(pledge, "PledgeServed").withArgs(id, 100n, 0n);
    await expect(serving).to.changeTokenBalances(ethers, token, [lender, borrower], [0n, 100n]);
  });

  it("pays the borrower what comes in while the shares wait for it", async () => {
    const { pledge, token, borrower, lender, id, pay } = await loadFixture(deployLoan);
    await pledge.connect(borrower).repay(id, 1_100n);
    await pay(800n);
    await pledge.connect(borrower).withdraw(id);
    await pay(800n);
    await expect(pledge.serve(id)).to.changeTokenBalances(ethers, token, [lender, borrower], [0n, 100n]);
  });

  it("is the only way to the revenue of pledged shares", async () => {
    const { pledge, vault, borrower, lender, id, pay } = await loadFixture(deployLoan);
    await pay(800n);
    await expect(vault.connect(lender).claim(1n))
      .to.be.revertedWithCustomError(vault, "ShareVault_NotAllowed")
      .withArgs(pledge, lender);
    for (const account of [borrower, lender])
      await expect(vault.connect(account).claimTo(1n, account)).not.to.emit(vault, "LockClaimed");
    await expect(pledge.serve(id)).to.emit(pledge, "PledgeServed").withArgs(id, 100n, 100n);
  });

  it("needs somebody who lent", async () => {
    const { pledge, borrower, offer } = await loadFixture(deployPledge);
    const id = await offer();
    const refused = (which: string, actual: bigint) =>
      expect(pledge.serve(which)).to.be.revertedWithCustomError(pledge, "Pledge_WrongStatus").withArgs(which, actual);
    await refused(ethers.ZeroHash, STATUS.none);
    await refused(id, STATUS.offered);
    await pledge.connect(borrower).withdraw(id);
    await refused(id, STATUS.withdrawn);
  });
});
