import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployLoan, STATUS } from "../../testing/deployPledge.ts";
import { DAY, EIGHTH } from "../../testing/deployVault.ts";

const { loadFixture } = networkHelpers;

describe("Pledge.priceAt", () => {
  it("falls evenly from the start price within seven days, rounded up, to one base unit", async () => {
    const { pledge, id, dueAt } = await loadFixture(deployLoan);
    for (const [after, price] of [
      [0n, 7_000n],
      [1n, 7_000n],
      [86n, 7_000n],
      [87n, 6_999n],
      [DAY, 6_000n],
      [6n * DAY, 1_000n],
      [7n * DAY - 1n, 1n],
      [7n * DAY, 1n],
      [700n * DAY, 1n],
    ])
      expect(await pledge.priceAt(id, dueAt + after)).to.equal(price);
  });

  it("is no price before the debt is due, nor of shares that are not pledged", async () => {
    const { pledge, borrower, id, dueAt } = await loadFixture(deployLoan);
    await expect(pledge.priceAt(id, dueAt - 1n))
      .to.be.revertedWithCustomError(pledge, "Pledge_NotDue")
      .withArgs(dueAt, dueAt - 1n);
    await pledge.connect(borrower).repay(id, 1_100n);
    await expect(pledge.priceAt(id, dueAt))
      .to.be.revertedWithCustomError(pledge, "Pledge_WrongStatus")
      .withArgs(id, STATUS.repaid);
  });
});

describe("Pledge.buy", () => {
  it("sells all shares at the current price: the lender has its debt, the borrower the rest", async () => {
    const { pledge, token, shares, borrower, lender, buyer, id, dueAt, at, status } = await loadFixture(deployLoan);
    await pledge.connect(borrower).repay(id, 100n);
    const buying = (await at(dueAt + DAY, buyer)).buy(id);
    await expect(buying).to.emit(pledge, "PledgeSold").withArgs(id, buyer, 6_000n, 1_000n);
    await expect(buying).to.changeTokenBalances(
      ethers,
      token,
      [buyer, lender, borrower, pledge],
      [-6_000n, 1_000n, 5_000n, 0n],
    );
    await expect(buying).to.changeTokenBalances(ethers, shares, [buyer, borrower], [EIGHTH, 0n]);
    expect(await status(id)).to.equal(STATUS.sold);
    expect((await pledge.pledgeOf(id)).paid).to.equal(1_100n);
  });

  it("leaves the lender with less when nobody gives enough", async () => {
    const { pledge, token, borrower, lender, buyer, id, dueAt, at } = await loadFixture(deployLoan);
    const buying = (await at(dueAt + 6n * DAY, buyer)).buy(id);
    await expect(buying).to.emit(pledge, "PledgeSold").withArgs(id, buyer, 1_000n, 1_000n);
    await expect(buying).to.changeTokenBalances(ethers, token, [lender, borrower], [1_000n, 0n]);
    expect((await pledge.pledgeOf(id)).paid).to.equal(1_000n);
  });

  it("all but gives the shares away in the end", async () => {
    const { pledge, token, shares, lender, buyer, id, dueAt, at } = await loadFixture(deployLoan);
    await networkHelpers.time.increaseTo(dueAt + 7n * DAY);
    expect(await pledge.connect(buyer).buy.staticCall(id)).to.equal(1n);
    const buying = (await at(dueAt + 8n * DAY, buyer)).buy(id);
    await expect(buying).to.changeTokenBalances(ethers, token, [buyer, lender], [-1n, 1n]);
    await expect(buying).to.changeTokenBalance(ethers, shares, buyer, EIGHTH);
  });

  it("counts revenue that came in, accrued or not", async () => {
    const { pledge, token, shares, buyer, id, dueAt, at } = await loadFixture(deployLoan);
    await token.mint(shares, 8_800n);
    await expect((await at(dueAt, buyer)).buy(id))
      .to.be.revertedWithCustomError(pledge, "Pledge_CoveredByRevenue")
      .withArgs(id);
  });

  it("starts at the due date", async () => {
    const { pledge, buyer, id, dueAt, at } = await loadFixture(deployLoan);
    await expect((await at(dueAt - 1n, buyer)).buy(id))
      .to.be.revertedWithCustomError(pledge, "Pledge_NotDue")
      .withArgs(dueAt, dueAt - 1n);
    await expect((await at(dueAt, buyer)).buy(id))
      .to.emit(pledge, "PledgeSold")
      .withArgs(id, buyer, 7_000n, 1_100n);
  });

  it("has revenue serve the debt first", async () => {
    const { pledge, token, borrower, lender, buyer, id, dueAt, at, pay } = await loadFixture(deployLoan);
    await pay(2_400n);
    const buying = (await at(dueAt + 6n * DAY, buyer)).buy(id);
    await expect(buying)
      .to.emit(pledge, "PledgeServed")
      .withArgs(id, 300n, 300n)
      .and.to.emit(pledge, "PledgeSold")
      .withArgs(id, buyer, 1_000n, 800n);
    await expect(buying).to.changeTokenBalances(ethers, token, [lender, borrower], [1_100n, 200n]);
  });

  it("does not sell what revenue has paid for", async () => {
    const { pledge, buyer, id, dueAt, at, pay } = await loadFixture(deployLoan);
    await pay(8_800n);
    await expect((await at(dueAt + 6n * DAY, buyer)).buy(id))
      .to.be.revertedWithCustomError(pledge, "Pledge_CoveredByRevenue")
      .withArgs(id);
    await expect(pledge.serve(id)).to.emit(pledge, "PledgeEnded").withArgs(id);
  });

  it("happens once", async () => {
    const { pledge, borrower, buyer, id, dueAt, at } = await loadFixture(deployLoan);
    await (await at(dueAt + 6n * DAY, buyer)).buy(id);
    for (const call of [() => pledge.connect(buyer).buy(id), () => pledge.connect(borrower).repay(id, 100n)])
      await expect(call()).to.be.revertedWithCustomError(pledge, "Pledge_WrongStatus").withArgs(id, STATUS.sold);
  });

  it("lets revenue from before the sale pay what the price left of the debt, and no revenue from after", async () => {
    const { pledge, vault, token, shares, borrower, lender, buyer, id, dueAt, at, pay, status } =
      await loadFixture(deployLoan);
    await (await at(dueAt + 6n * DAY, buyer)).buy(id);
    await pay(800n);
    expect(await shares.claimable(buyer)).to.equal(100n);
    await expect(pledge.serve(id)).not.to.emit(pledge, "PledgeServed");

    await token.mint(await vault.boxOf(1n), 150n);
    await expect(pledge.serve(id)).to.changeTokenBalances(ethers, token, [lender, borrower], [100n, 50n]);
    expect(await status(id)).to.equal(STATUS.sold);
  });
});
