import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";

const { loadFixture, time } = networkHelpers;

describe("Credits.buy", () => {
  it("takes the cost and puts the credits into the wallet", async () => {
    const { credits, token, consumer, stranger, offering, id } = await loadFixture(deployJoulemint);
    const buying = credits.connect(consumer).buy(offering, THOUSAND_CREDITS, stranger);

    await expect(buying)
      .to.emit(credits, "Bought")
      .withArgs(id, consumer, stranger, THOUSAND_CREDITS, 2_000n)
      .and.to.emit(credits, "TransferSingle")
      .withArgs(consumer, ethers.ZeroAddress, stranger, id, THOUSAND_CREDITS);
    await expect(buying).to.changeTokenBalances(ethers, token, [consumer, credits], [-2_000n, 2_000n]);
    expect(await credits.balanceOf(stranger, id)).to.equal(THOUSAND_CREDITS);
    expect(await credits.offeringState(id)).to.deep.equal([THOUSAND_CREDITS, 0n, 0n, 0n, 0n]);
    expect(await credits.escrow(offering)).to.equal(2_000n);
  });

  it("rounds the cost up", async () => {
    const { credits, consumer, offering } = await loadFixture(deployJoulemint);
    expect(await credits.connect(consumer).buy.staticCall(offering, 1n, consumer)).to.equal(1n);
    expect(await credits.connect(consumer).buy.staticCall(offering, 501n, consumer)).to.equal(2n);
  });

  it("buys for a contract that accepts credits", async () => {
    const { credits, consumer, offering, id } = await loadFixture(deployJoulemint);
    const wallet = await ethers.deployContract("ContractWallet", [consumer]);
    await credits.connect(consumer).buy(offering, 5n, wallet);
    expect(await credits.balanceOf(wallet, id)).to.equal(5n);
  });

  it("buys for no contract that does not, itself included, nor for nobody", async () => {
    const { credits, token, consumer, offering } = await loadFixture(deployJoulemint);
    for (const to of [await token.getAddress(), await credits.getAddress(), ethers.ZeroAddress])
      await expect(credits.connect(consumer).buy(offering, 5n, to))
        .to.be.revertedWithCustomError(credits, "ERC1155InvalidReceiver")
        .withArgs(to);
  });

  it("refuses terms that differ from what was registered", async () => {
    const { credits, consumer, offering } = await loadFixture(deployJoulemint);
    const cheaper = { ...offering, pricePerMillion: 1n };
    await expect(credits.connect(consumer).buy(cheaper, 5n, consumer))
      .to.be.revertedWithCustomError(credits, "Credits_UnknownOffering")
      .withArgs(await credits.offeringId(cheaper));
  });

  it("refuses nothing", async () => {
    const { credits, consumer, offering } = await loadFixture(deployJoulemint);
    await expect(credits.connect(consumer).buy(offering, 0n, consumer)).to.be.revertedWithCustomError(
      credits,
      "Credits_ZeroCredits",
    );
  });

  it("sells until the last second", async () => {
    const { credits, consumer, offering } = await loadFixture(deployJoulemint);
    await time.setNextBlockTimestamp(offering.sellUntil);
    await credits.connect(consumer).buy(offering, 5n, consumer);
    await time.setNextBlockTimestamp(offering.sellUntil + 1n);
    await expect(credits.connect(consumer).buy(offering, 5n, consumer))
      .to.be.revertedWithCustomError(credits, "Credits_SaleEnded")
      .withArgs(offering.sellUntil, offering.sellUntil + 1n);
  });

  it("takes the cost before it asks the receiver", async () => {
    const { credits, token, operator, offering } = await loadFixture(deployJoulemint);
    const buying = () => credits.connect(operator).buy(offering, THOUSAND_CREDITS, token);
    await expect(buying()).to.be.revertedWithCustomError(token, "ERC20InsufficientAllowance");
    await token.connect(operator).approve(credits, 2_000n);
    await token.mint(operator, 2_000n);
    await expect(buying()).to.be.revertedWithCustomError(credits, "ERC1155InvalidReceiver").withArgs(token);
  });

  it("names what is needed and what is available when the buyer cannot pay", async () => {
    const { credits, token, operator, offering } = await loadFixture(deployJoulemint);
    const buying = () => credits.connect(operator).buy(offering, THOUSAND_CREDITS, operator);
    await expect(buying())
      .to.be.revertedWithCustomError(token, "ERC20InsufficientAllowance")
      .withArgs(credits, 0n, 2_000n);
    await token.connect(operator).approve(credits, 2_000n);
    await expect(buying())
      .to.be.revertedWithCustomError(token, "ERC20InsufficientBalance")
      .withArgs(operator, 0n, 2_000n);
  });

  it("never sells more than its counters can carry to the end", async () => {
    const { credits, token, consumer, offering, register } = await loadFixture(deployJoulemint);
    // At this price the first credit too many would be worth 2^88 exactly.
    const dear = { ...offering, pricePerMillion: 2n ** 63n };
    await register(dear);
    await token.mint(consumer, 2n ** 90n);
    // floor((2^88 x 10^9 - 1) / price): what these cost is released in 88 bits.
    const limit = (2n ** 88n * 10n ** 9n - 1n) / dear.pricePerMillion;
    const largest = 2n ** 48n - 1n;
    const whole = limit / largest;
    for (let index = 0n; index < whole; index++) await credits.connect(consumer).buy(dear, largest, consumer);
    const rest = limit - whole * largest;

    await expect(credits.connect(consumer).buy(dear, rest + 1n, consumer))
      .to.be.revertedWithCustomError(credits, "Credits_OfferingLimitExceeded")
      .withArgs(rest + 1n, rest);
    await credits.connect(consumer).buy(dear, rest, consumer);
    expect(await credits.escrow(dear)).to.be.lessThan(2n ** 88n);
  });

  it("refuses a token that keeps a fee", async () => {
    const { credits, modelOwner, consumer, alice, offering, register } = await loadFixture(deployJoulemint);
    const token = await ethers.deployContract("FeeToken");
    const shares = await ethers.deployContract("Shares", ["Fee", "FEE", token, modelOwner, [alice], [1n]]);
    const terms = { ...offering, model: await shares.getAddress(), paymentToken: await token.getAddress() };
    await register(terms);
    await token.mint(consumer, 10_000n);
    await token.connect(consumer).approve(credits, 10_000n);

    await expect(credits.connect(consumer).buy(terms, THOUSAND_CREDITS, consumer))
      .to.be.revertedWithCustomError(credits, "Transfers_Inexact")
      .withArgs(2_000n, 1_999n);
  });
});
