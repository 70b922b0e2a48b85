import { expect } from "chai";
import { ethers, networkHelpers } from "../../testing/chain.ts";
import { deployPledge, STATUS } from "../../testing/deployPledge.ts";
import { DAY, EIGHTH } from "../../testing/deployVault.ts";

const { loadFixture } = networkHelpers;

const TERMS =
  "tuple(address model, uint64 shares, uint32 term, address paymentToken, uint96 principal, uint96 debt, uint96 startPrice)";

describe("Pledge.offer", () => {
  it("locks the shares under an id that is the hash of the lock, the borrower and the terms", async () => {
    const { pledge, vault, shares, borrower, terms } = await loadFixture(deployPledge);
    const id = ethers.keccak256(
      ethers.AbiCoder.defaultAbiCoder().encode(["uint256", "address", TERMS], [1n, borrower.address, terms]),
    );
    const offering = pledge.connect(borrower).offer(terms);
    await expect(offering).to.emit(pledge, "PledgeOffered").withArgs(id, borrower, 1n, Object.values(terms));
    await expect(offering).to.changeTokenBalances(
      ethers,
      shares,
      [borrower, await vault.boxOf(1n), pledge],
      [-EIGHTH, EIGHTH, 0n],
    );
    expect(await pledge.pledgeOf(id)).to.deep.equal([
      Object.values(terms),
      1n,
      borrower.address,
      0n,
      STATUS.offered,
      ethers.ZeroAddress,
      0n,
    ]);
    expect(await shares.allowance(pledge, vault)).to.equal(0n);
    expect(await pledge.vault()).to.equal(vault);
  });

  it("makes two pledges of the same terms", async () => {
    const { offer } = await loadFixture(deployPledge);
    const first = await offer({ shares: 1n });
    expect(await offer({ shares: 1n })).not.to.equal(first);
  });

  it("refuses terms that make no sense", async () => {
    const { pledge, offer, terms, token, shares, buyer } = await loadFixture(deployPledge);
    await expect(offer({ principal: 0n })).to.be.revertedWithCustomError(pledge, "Pledge_ZeroPrincipal");
    await expect(offer({ term: 0n })).to.be.revertedWithCustomError(pledge, "Pledge_ZeroTerm");
    await expect(offer({ debt: 999n }))
      .to.be.revertedWithCustomError(pledge, "Pledge_DebtTooLow")
      .withArgs(999n, 1_000n);
    await expect(offer({ startPrice: 1_099n }))
      .to.be.revertedWithCustomError(pledge, "Pledge_StartPriceTooLow")
      .withArgs(1_099n, 1_100n);
    await expect(offer({ paymentToken: terms.model }))
      .to.be.revertedWithCustomError(pledge, "Pledge_PaymentTokenMismatch")
      .withArgs(token, shares);
    await expect(offer({ model: buyer.address }))
      .to.be.revertedWithCustomError(pledge, "SafeERC20FailedOperation")
      .withArgs(buyer);
  });

  it("refuses nothing, and more than the borrower has", async () => {
    const { vault, shares, borrower, offer } = await loadFixture(deployPledge);
    await expect(offer({ shares: 0n })).to.be.revertedWithCustomError(vault, "ShareVault_ZeroShares");
    await expect(offer({ shares: EIGHTH + 1n }))
      .to.be.revertedWithCustomError(shares, "ERC20InsufficientBalance")
      .withArgs(borrower, EIGHTH, EIGHTH + 1n);
  });

  it("takes a loan without interest, an auction from the debt, and the shortest term", async () => {
    const { offer, status } = await loadFixture(deployPledge);
    const id = await offer({ debt: 1_000n, startPrice: 1_000n, term: 1n });
    expect(await status(id)).to.equal(STATUS.offered);
  });

  it("leaves votes and revenue to the borrower", async () => {
    const { vault, token, shares, borrower, buyer, offer, pay } = await loadFixture(deployPledge);
    await offer();
    await vault.connect(borrower).delegate(1n, buyer);
    expect(await shares.getVotes(buyer)).to.equal(EIGHTH);
    await pay(800n);
    await expect(vault.claim(1n)).to.changeTokenBalance(ethers, token, borrower, 100n);
  });
});

describe("Pledge.withdraw", () => {
  it("gives the shares of an offer back, once", async () => {
    const { pledge, shares, borrower, offer, status } = await loadFixture(deployPledge);
    const id = await offer();
    const withdrawing = pledge.connect(borrower).withdraw(id);
    await expect(withdrawing).to.emit(pledge, "PledgeWithdrawn").withArgs(id);
    await expect(withdrawing).to.changeTokenBalance(ethers, shares, borrower, EIGHTH);
    expect(await status(id)).to.equal(STATUS.withdrawn);
    await expect(pledge.connect(borrower).withdraw(id))
      .to.be.revertedWithCustomError(pledge, "Pledge_WrongStatus")
      .withArgs(id, STATUS.withdrawn);
  });

  it("is for the borrower alone", async () => {
    const { pledge, borrower, lender, offer } = await loadFixture(deployPledge);
    const id = await offer();
    await expect(pledge.connect(lender).withdraw(id))
      .to.be.revertedWithCustomError(pledge, "Pledge_NotBorrower")
      .withArgs(borrower, lender);
  });
});

describe("Pledge.lend", () => {
  it("pays the principal to the borrower and fixes the due date", async () => {
    const { pledge, token, borrower, lender, offer, at, pay, schedule } = await loadFixture(deployPledge);
    const id = await offer();
    await pay(800n);
    const lending = (await at(schedule.start, lender)).lend(id);
    await expect(lending)
      .to.emit(pledge, "PledgeLent")
      .withArgs(id, lender, schedule.start + 30n * DAY);
    // What the shares earned before is the borrower's.
    await expect(lending).to.changeTokenBalances(ethers, token, [lender, borrower, pledge], [-1_000n, 1_100n, 0n]);
    const { status, dueAt, lender: known } = await pledge.pledgeOf(id);
    expect([status, dueAt, known]).to.deep.equal([STATUS.lent, schedule.start + 30n * DAY, lender.address]);
  });

  it("happens once, to an offer that stands", async () => {
    const { pledge, borrower, lender, buyer, offer } = await loadFixture(deployPledge);
    const id = await offer({ shares: 1n });
    await pledge.connect(lender).lend(id);
    await expect(pledge.connect(buyer).lend(id))
      .to.be.revertedWithCustomError(pledge, "Pledge_WrongStatus")
      .withArgs(id, STATUS.lent);
    await expect(pledge.connect(borrower).withdraw(id))
      .to.be.revertedWithCustomError(pledge, "Pledge_WrongStatus")
      .withArgs(id, STATUS.lent);

    const withdrawn = await offer({ shares: 1n });
    await pledge.connect(borrower).withdraw(withdrawn);
    for (const [other, actual] of [
      [withdrawn, STATUS.withdrawn],
      [ethers.ZeroHash, STATUS.none],
    ] as const)
      await expect(pledge.connect(lender).lend(other))
        .to.be.revertedWithCustomError(pledge, "Pledge_WrongStatus")
        .withArgs(other, actual);
  });

  it("cannot be done to oneself", async () => {
    const { pledge, borrower, offer } = await loadFixture(deployPledge);
    await expect(pledge.connect(borrower).lend(await offer()))
      .to.be.revertedWithCustomError(pledge, "Pledge_LenderIsBorrower")
      .withArgs(borrower);
  });
});
