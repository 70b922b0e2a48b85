import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployLoan, deployPledge, STATUS } from "../../testing/deployPledge.ts";
import { DAY, EIGHTH } from "../../testing/deployVault.ts";

const { loadFixture } = networkHelpers;

/** A loan against hostile shares that claim to earn the honest payment token, beside the loan of the fixture. */
async function besideHostile() {
  const loan = await deployLoan();
  const { token, borrower, lender, pledge, offer } = loan;
  const shares = await ethers.deployContract("HostileShares", [token]);
  await shares.mint(borrower, 1_000n);
  await shares.connect(borrower).approve(pledge, ethers.MaxUint256);
  const hostileId = await offer({ model: await shares.getAddress(), shares: 100n });
  await pledge.connect(lender).lend(hostileId);
  return { ...loan, hostile: shares, hostileId };
}

describe("Pledge, when the payment token refuses the lender", () => {
  it("keeps the lender's money, and holds up nobody", async () => {
    const { pledge, token, borrower, lender, buyer, id, pay } = await loadFixture(deployLoan);
    await token.setFrozen(lender, true);
    await pay(2_400n);
    await expect(pledge.serve(id)).to.emit(pledge, "PaymentKept").withArgs(token, lender, 300n);
    const ending = pledge.connect(borrower).repay(id, 1_100n);
    await expect(ending).to.emit(pledge, "PaymentKept").withArgs(token, lender, 800n);
    await expect(ending).to.emit(pledge, "PledgeEnded").withArgs(id);
    expect(await pledge.kept(token, lender)).to.equal(1_100n);

    expect(await pledge.connect(lender).collect.staticCall(token, buyer)).to.equal(1_100n);
    const collecting = pledge.connect(lender).collect(token, buyer);
    await expect(collecting).to.emit(pledge, "PaymentCollected").withArgs(token, lender, buyer, 1_100n);
    await expect(collecting).to.changeTokenBalances(ethers, token, [pledge, buyer], [-1_100n, 1_100n]);
    await expect(pledge.connect(lender).collect(token, buyer)).not.to.emit(pledge, "PaymentCollected");
  });

  it("pays who else is owed, and only to who is owed", async () => {
    const { pledge, token, borrower, lender, buyer, id, dueAt, at } = await loadFixture(deployLoan);
    await token.setFrozen(lender, true);
    await expect((await at(dueAt + DAY, buyer)).buy(id)).to.changeTokenBalances(
      ethers,
      token,
      [pledge, borrower],
      [1_100n, 4_900n],
    );
    for (const account of [borrower, buyer])
      await expect(pledge.connect(account).collect(token, account)).not.to.emit(pledge, "PaymentCollected");
    for (const to of [ethers.ZeroAddress, await pledge.getAddress()])
      await expect(pledge.connect(lender).collect(token, to))
        .to.be.revertedWithCustomError(pledge, "Pledge_InvalidAccount")
        .withArgs(to);
  });
});

describe("Pledge, when the payment token refuses the borrower", () => {
  it("keeps the borrower's money, and holds up nobody", async () => {
    const { pledge, token, borrower, lender, buyer, id, dueAt, at } = await loadFixture(deployLoan);
    await token.setFrozen(borrower, true);
    const buying = (await at(dueAt + DAY, buyer)).buy(id);
    await expect(buying).to.emit(pledge, "PaymentKept").withArgs(token, borrower, 4_900n);
    await expect(buying).to.changeTokenBalance(ethers, token, lender, 1_100n);
    await expect(pledge.connect(borrower).collect(token, buyer)).to.changeTokenBalance(ethers, token, buyer, 4_900n);
  });

  it("does not lend", async () => {
    const { pledge, token, borrower, lender, offer } = await loadFixture(deployPledge);
    const id = await offer();
    await token.setFrozen(borrower, true);
    await expect(pledge.connect(lender).lend(id)).to.be.revertedWithCustomError(token, "Frozen").withArgs(borrower);
  });
});

describe("Pledge, when the payment token refuses the box of the lock", () => {
  it("sells the shares for the lender, and serves what they earned when it can be had", async () => {
    const { pledge, vault, token, shares, borrower, lender, buyer, id, dueAt, at, pay } = await loadFixture(deployLoan);
    const box = await vault.boxOf((await pledge.pledgeOf(id)).lock);
    // Accrued or not.
    await pay(1_600n);
    await token.mint(shares, 800n);
    await token.setFrozen(box, true);
    await expect(pledge.serve(id)).to.be.revertedWithCustomError(token, "Frozen").withArgs(box);
    const buying = (await at(dueAt + DAY, buyer)).buy(id);
    await expect(buying).to.changeTokenBalances(ethers, token, [lender, borrower], [1_100n, 4_900n]);
    await expect(buying).to.changeTokenBalance(ethers, shares, buyer, EIGHTH);
    await token.setFrozen(box, false);
    await expect(pledge.serve(id)).to.changeTokenBalance(ethers, token, borrower, 300n);
  });
});

describe("Pledge, when the payment token refuses the pledges' contract", () => {
  it("sells nothing while nobody can repay", async () => {
    const { pledge, token, borrower, buyer, id, dueAt, at } = await loadFixture(deployLoan);
    await token.setFrozen(pledge, true);
    await expect(pledge.connect(borrower).repay(id, 1_100n)).to.be.revertedWithCustomError(token, "Frozen");
    await expect((await at(dueAt + 8n * DAY, buyer)).buy(id)).to.be.revertedWithCustomError(token, "Frozen");
  });
});

describe("Pledge, when the payment token calls in the middle of a payment of revenue", () => {
  it("does not sell shares whose revenue covers the debt", async () => {
    const { pledge, founder, borrower, lender, buyer, offer, status } = await loadFixture(deployPledge);
    const token = await ethers.deployContract("CallingToken");
    const shares = await ethers.deployContract("Shares", ["", "", token, founder, [borrower, buyer], [1n, 1n]]);
    await shares.connect(borrower).approve(pledge, 1n);
    for (const account of [lender, token]) await token.mint(account, 10_000n);
    await token.connect(lender).approve(pledge, 10_000n);
    const id = await offer({ model: await shares.getAddress(), shares: 1n, paymentToken: await token.getAddress() });
    await pledge.connect(lender).lend(id);
    await token.mint(shares, 5_000n);
    await shares.accrue();
    await networkHelpers.time.increase(40n * DAY);
    // The token itself buys, and would find the shares' claim locked.
    await networkHelpers.impersonateAccount(await token.getAddress());
    await networkHelpers.setBalance(await token.getAddress(), 10n ** 18n);
    await token.connect(await ethers.getSigner(await token.getAddress())).approve(pledge, 10_000n);
    await token.beforeTransfer(pledge, pledge.interface.encodeFunctionData("buy", [id]));
    await expect(shares.claim(buyer))
      .to.emit(token, "Called")
      .withArgs(false, pledge.interface.encodeErrorResult("ReentrancyGuardReentrantCall"));
    expect(await status(id)).to.equal(STATUS.lent);
  });
});

describe("Pledge, when the payment token keeps a fee", () => {
  it("refuses every payment", async () => {
    const { pledge, vault, founder, borrower, lender, offer } = await loadFixture(deployPledge);
    const token = await ethers.deployContract("FeeToken");
    const shares = await ethers.deployContract("Shares", ["", "", token, founder, [borrower], [1n]]);
    await shares.connect(borrower).approve(pledge, 1n);
    await token.mint(lender, 10_000n);
    await token.connect(lender).approve(pledge, 10_000n);
    const terms = { model: await shares.getAddress(), shares: 1n, paymentToken: await token.getAddress() };
    const id = await offer(terms);
    await expect(pledge.connect(lender).lend(id))
      .to.be.revertedWithCustomError(pledge, "Transfers_Inexact")
      .withArgs(1_000n, 999n);
    await pledge.connect(borrower).withdraw(id);
    expect((await vault.lockOf(1n)).released).to.equal(1n);
  });
});

describe("Pledge with hostile models", () => {
  it("counts only money that came in, whatever the model says that it paid", async () => {
    const { pledge, vault, token, hostileId, id, lender, pay } = await loadFixture(besideHostile);
    await pay(2_400n);
    await expect(pledge.serve(hostileId)).not.to.emit(pledge, "PledgeServed");
    await token.mint(await vault.boxOf(2n), 5n);
    await expect(pledge.serve(hostileId)).to.changeTokenBalance(ethers, token, lender, 5n);
    await expect(pledge.serve(id)).to.changeTokenBalance(ethers, token, lender, 300n);
  });

  it("takes no other token for the agreed one, and gives away nothing that it keeps for others", async () => {
    const { pledge, vault, token, hostile, hostileId, borrower, lender, id } = await loadFixture(besideHostile);
    await token.setFrozen(lender, true);
    await pledge.connect(borrower).repay(id, 500n);
    const other = await ethers.deployContract("TestDollar");
    await other.mint(await vault.boxOf(2n), 1_000n);
    await hostile.setPaymentToken(other);
    await expect(pledge.serve(hostileId)).not.to.emit(pledge, "PledgeServed");
    expect(await token.balanceOf(pledge)).to.equal(500n);
    expect(await pledge.kept(token, lender)).to.equal(500n);
  });

  it("refuses every call that a model makes while it is asked to do something", async () => {
    const { pledge, vault, hostile, hostileId, id, terms, borrower, lender, buyer, offer, dueAt } =
      await loadFixture(besideHostile);
    const model = await hostile.getAddress();
    const open = await offer({ model, shares: 10n });
    const leaving = await offer({ model, shares: 10n });
    await networkHelpers.time.increaseTo(dueAt + 8n * DAY);
    const calls = [
      pledge.interface.encodeFunctionData("offer", [terms]),
      pledge.interface.encodeFunctionData("withdraw", [open]),
      pledge.interface.encodeFunctionData("lend", [open]),
      pledge.interface.encodeFunctionData("repay", [id, 1n]),
      pledge.interface.encodeFunctionData("serve", [id]),
      pledge.interface.encodeFunctionData("buy", [id]),
      pledge.interface.encodeFunctionData("collect", [terms.paymentToken, buyer.address]),
    ];
    const refused = pledge.interface.encodeErrorResult("ReentrancyGuardReentrantCall");
    const snapshot = await networkHelpers.takeSnapshot();
    for (const call of calls) {
      await hostile.beforeAnything(pledge, call);
      for (const asked of [
        () => pledge.connect(borrower).offer({ ...terms, model, shares: 10n }),
        () => pledge.connect(borrower).withdraw(leaving),
        () => pledge.connect(lender).lend(open),
        () => pledge.serve(hostileId),
      ])
        await expect(asked()).to.emit(hostile, "Called").withArgs(false, refused);
      await snapshot.restore();
    }
    await hostile.beforeAnything(pledge, calls[4]);
    await expect(pledge.connect(buyer).buy(hostileId)).to.emit(hostile, "Called").withArgs(false, refused);
    expect(await vault.releasable(1n)).to.equal(EIGHTH);
  });

  it("refuses every call that a payment token makes in the middle of a payment", async () => {
    const { pledge, founder, borrower, lender, buyer, offer } = await loadFixture(deployPledge);
    const token = await ethers.deployContract("CallingToken");
    const shares = await ethers.deployContract("Shares", ["", "", token, founder, [borrower], [1n]]);
    await shares.connect(borrower).approve(pledge, 1n);
    for (const account of [borrower, lender, buyer]) {
      await token.mint(account, 10_000n);
      await token.connect(account).approve(pledge, 10_000n);
    }
    const terms = { model: await shares.getAddress(), shares: 1n, paymentToken: await token.getAddress() };
    const id = await offer(terms);
    const refused = pledge.interface.encodeErrorResult("ReentrancyGuardReentrantCall");
    const refuses = (asked: Promise<unknown>) => expect(asked).to.emit(token, "Called").withArgs(false, refused);

    await token.beforeTransfer(pledge, pledge.interface.encodeFunctionData("serve", [id]));
    await refuses(pledge.connect(lender).lend(id));
    await token.beforeTransfer(pledge, pledge.interface.encodeFunctionData("repay", [id, 1n]));
    await refuses(pledge.connect(borrower).repay(id, 100n));
    await token.beforeTransfer(pledge, pledge.interface.encodeFunctionData("buy", [id]));
    await networkHelpers.time.increase(31n * DAY);
    await refuses(pledge.connect(buyer).buy(id));
  });

  it("is no worse off for a model that stops working: the debt can still be repaid", async () => {
    const { pledge, token, hostile, hostileId, borrower, lender } = await loadFixture(besideHostile);
    await hostile.setPaymentToken(ethers.ZeroAddress);
    await expect(pledge.serve(hostileId)).to.be.revertedWithoutReason(ethers);
    await expect(pledge.connect(borrower).repay(hostileId, 1_100n)).to.changeTokenBalance(
      ethers,
      token,
      lender,
      1_100n,
    );
  });
});
