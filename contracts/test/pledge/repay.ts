import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployLoan, STATUS } from "../../testing/deployPledge.ts";
import { DAY, EIGHTH } from "../../testing/deployVault.ts";

const { loadFixture } = networkHelpers;

describe("Pledge.repay", () => {
  it("pays the lender in parts, whoever pays, and lets the borrower take the shares back at the end", async () => {
    const { pledge, token, shares, borrower, lender, buyer, id, status } = await loadFixture(deployLoan);
    const paying = pledge.connect(buyer).repay(id, 400n);
    await expect(paying).to.emit(pledge, "PledgeRepaid").withArgs(id, buyer, 400n);
    await expect(paying).to.changeTokenBalances(ethers, token, [buyer, lender, pledge], [-400n, 400n, 0n]);
    expect(await status(id)).to.equal(STATUS.lent);

    const ending = pledge.connect(borrower).repay(id, 700n);
    await expect(ending).to.emit(pledge, "PledgeEnded").withArgs(id);
    await expect(ending).to.changeTokenBalances(ethers, token, [borrower, lender], [-700n, 700n]);
    expect(await status(id)).to.equal(STATUS.repaid);

    const withdrawing = pledge.connect(borrower).withdraw(id);
    await expect(withdrawing).to.emit(pledge, "PledgeWithdrawn").withArgs(id);
    await expect(withdrawing).to.changeTokenBalance(ethers, shares, borrower, EIGHTH);
    await expect(pledge.connect(borrower).withdraw(id))
      .to.be.revertedWithCustomError(pledge, "Pledge_WrongStatus")
      .withArgs(id, STATUS.withdrawn);
  });

  it("leaves the shares where they vote, so that nobody can pay a borrower's votes away", async () => {
    const { pledge, vault, shares, borrower, lender, buyer, id } = await loadFixture(deployLoan);
    await vault.connect(borrower).delegate(1n, lender);
    await pledge.connect(buyer).repay(id, 1_100n);
    expect(await shares.getVotes(lender)).to.equal(EIGHTH);
    await expect(pledge.connect(buyer).withdraw(id))
      .to.be.revertedWithCustomError(pledge, "Pledge_NotBorrower")
      .withArgs(borrower, buyer);
  });

  it("takes no more than is left, so that revenue that serves the debt before cannot make it fail", async () => {
    const { pledge, token, borrower, lender, id, pay } = await loadFixture(deployLoan);
    await pay(2_400n);
    await pledge.serve(id);
    expect(await pledge.connect(borrower).repay.staticCall(id, 1_100n)).to.equal(800n);
    await expect(pledge.connect(borrower).repay(id, 1_100n)).to.changeTokenBalances(
      ethers,
      token,
      [borrower, lender],
      [-800n, 800n],
    );
  });

  it("works until somebody buys, and not after the end", async () => {
    const { pledge, borrower, id, dueAt, at } = await loadFixture(deployLoan);
    await expect((await at(dueAt + 6n * DAY, borrower)).repay(id, 1_100n)).to.emit(pledge, "PledgeEnded");
    await expect(pledge.connect(borrower).repay(id, 1n))
      .to.be.revertedWithCustomError(pledge, "Pledge_WrongStatus")
      .withArgs(id, STATUS.repaid);
  });

  it("of nothing does nothing", async () => {
    const { pledge, token, borrower, id } = await loadFixture(deployLoan);
    await expect(pledge.connect(borrower).repay(id, 0n)).not.to.emit(token, "Transfer");
  });
});
