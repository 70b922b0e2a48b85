import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";

const { loadFixture, time } = networkHelpers;

async function walletWithCredits() {
  const joulemint = await deployJoulemint();
  const { credits, consumer, offering } = joulemint;
  await credits.connect(consumer).buy(offering, THOUSAND_CREDITS, consumer);
  return { ...joulemint, owner: credits.connect(consumer) };
}

describe("Credits.redeem", () => {
  it("pays back what the credits cost", async () => {
    const { credits, token, owner, consumer, stranger, offering, id } = await loadFixture(walletWithCredits);
    const redeeming = owner.redeem(offering, THOUSAND_CREDITS, stranger);

    await expect(redeeming)
      .to.emit(credits, "Redeemed")
      .withArgs(id, consumer, stranger, THOUSAND_CREDITS, 2_000n)
      .and.to.emit(credits, "TransferSingle")
      .withArgs(consumer, consumer, ethers.ZeroAddress, id, THOUSAND_CREDITS);
    await expect(redeeming).to.changeTokenBalances(ethers, token, [credits, stranger], [-2_000n, 2_000n]);
    expect(await credits.balanceOf(consumer, id)).to.equal(0n);
    expect(await credits.offeringState(id)).to.deep.equal([0n, 0n, 0n, 0n, 0n]);
  });

  it("rounds down", async () => {
    const { owner, consumer, offering } = await loadFixture(walletWithCredits);
    expect(await owner.redeem.staticCall(offering, 499n, consumer)).to.equal(0n);
    expect(await owner.redeem.staticCall(offering, 999n, consumer)).to.equal(1n);
  });

  it("stays open after the sale has ended, and for credits that were transferred", async () => {
    const { credits, token, owner, consumer, stranger, offering, id } = await loadFixture(walletWithCredits);
    await time.increaseTo(offering.sellUntil + 1n);
    await owner.safeTransferFrom(consumer, stranger, id, THOUSAND_CREDITS, "0x");
    await expect(credits.connect(stranger).redeem(offering, THOUSAND_CREDITS, stranger)).to.changeTokenBalance(
      ethers,
      token,
      stranger,
      2_000n,
    );
  });

  it("names needed and available credits when the wallet holds too few", async () => {
    const { credits, owner, consumer, offering, id } = await loadFixture(walletWithCredits);
    for (const needed of [THOUSAND_CREDITS + 1n, ethers.MaxUint256])
      await expect(owner.redeem(offering, needed, consumer))
        .to.be.revertedWithCustomError(credits, "ERC1155InsufficientBalance")
        .withArgs(consumer, THOUSAND_CREDITS, needed, id);
  });

  it("does not redeem at other terms", async () => {
    const { credits, owner, consumer, offering } = await loadFixture(walletWithCredits);
    const dearer = { ...offering, pricePerMillion: 2n ** 63n };
    await expect(owner.redeem(dearer, THOUSAND_CREDITS, consumer)).to.be.revertedWithCustomError(
      credits,
      "ERC1155InsufficientBalance",
    );
  });

  it("refuses nothing, and pays neither nobody nor the contract", async () => {
    const { credits, owner, consumer, offering } = await loadFixture(walletWithCredits);
    await expect(owner.redeem(offering, 0n, consumer)).to.be.revertedWithCustomError(credits, "Credits_ZeroCredits");
    for (const to of [ethers.ZeroAddress, await credits.getAddress()])
      await expect(owner.redeem(offering, 1n, to))
        .to.be.revertedWithCustomError(credits, "Credits_InvalidAccount")
        .withArgs(to);
  });
});
