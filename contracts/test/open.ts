import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";

const { loadFixture, time } = networkHelpers;
const SALT = ethers.id("salt");

async function walletWithCredits() {
  const joulemint = await deployJoulemint();
  const { credits, consumer, offering } = joulemint;
  await credits.connect(consumer).buy(offering, THOUSAND_CREDITS, consumer);
  return joulemint;
}

describe("Credits.open", () => {
  it("moves credits from the wallet into a session", async () => {
    const { credits, consumer, signer, offering, id } = await loadFixture(walletWithCredits);
    const session = await credits.sessionId(id, consumer, signer, SALT);

    await expect(credits.connect(consumer).open(offering, signer, SALT, 400_000n))
      .to.emit(credits, "TransferSingle")
      .withArgs(consumer, consumer, ethers.ZeroAddress, id, 400_000n)
      .and.to.emit(credits, "SessionOpened")
      .withArgs(id, session, consumer, signer, SALT, 400_000n);
    expect(await credits.balanceOf(consumer, id)).to.equal(600_000n);
    expect(await credits.session(id, session)).to.deep.equal([signer.address, 400_000n, 0n, 0n]);
    expect((await credits.offeringState(id)).outstanding).to.equal(THOUSAND_CREDITS);
  });

  it("works after the sale has ended", async () => {
    const { credits, consumer, signer, offering } = await loadFixture(walletWithCredits);
    await time.increaseTo(offering.sellUntil + 1n);
    await credits.connect(consumer).open(offering, signer, SALT, 1n);
  });

  it("names needed and available credits when the wallet holds too few", async () => {
    const { credits, consumer, signer, offering, id } = await loadFixture(walletWithCredits);
    await expect(credits.connect(consumer).open(offering, signer, SALT, THOUSAND_CREDITS + 1n))
      .to.be.revertedWithCustomError(credits, "ERC1155InsufficientBalance")
      .withArgs(consumer, THOUSAND_CREDITS, THOUSAND_CREDITS + 1n, id);
  });

  it("refuses nothing, the zero address as signer, and a session that exists", async () => {
    const { credits, consumer, signer, offering } = await loadFixture(walletWithCredits);
    const owner = credits.connect(consumer);
    await expect(owner.open(offering, signer, SALT, 0n)).to.be.revertedWithCustomError(credits, "Credits_ZeroCredits");
    await expect(owner.open(offering, ethers.ZeroAddress, SALT, 1n)).to.be.revertedWithCustomError(
      credits,
      "Credits_InvalidSigner",
    );
    await owner.open(offering, signer, SALT, 1n);
    await expect(owner.open(offering, signer, SALT, 1n)).to.be.revertedWithCustomError(
      credits,
      "Credits_SessionExists",
    );
  });
});
