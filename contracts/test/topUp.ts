import { expect } from "chai";
import { ethers, networkHelpers } from "../testing/chain.ts";
import { deployJoulemint, THOUSAND_CREDITS } from "../testing/deployJoulemint.ts";

const { loadFixture, time } = networkHelpers;
const { ZeroHash } = ethers;

describe("Credits.topUp", () => {
  it("lets anybody raise the cap", async () => {
    const { credits, token, consumer, stranger, signer, offering, id, openSession } =
      await loadFixture(deployJoulemint);
    const session = await openSession();
    const toppingUp = credits.connect(stranger).topUp(offering, consumer, signer, ZeroHash, 500_000n);

    await expect(toppingUp)
      .to.emit(credits, "SessionToppedUp")
      .withArgs(id, session, stranger, 500_000n)
      .and.to.emit(credits, "Bought")
      .withArgs(id, stranger, consumer, 500_000n, 1_000n);
    await expect(toppingUp).to.changeTokenBalances(ethers, token, [stranger, credits], [-1_000n, 1_000n]);
    expect(await credits.session(id, session)).to.deep.equal([signer.address, 1_500_000n, 0n, 0n]);
    expect((await credits.offeringState(id)).outstanding).to.equal(1_500_000n);
  });

  it("refuses a session that was never opened", async () => {
    const { credits, consumer, stranger, signer, offering, id, openSession } = await loadFixture(deployJoulemint);
    await openSession();
    await expect(credits.connect(consumer).topUp(offering, stranger, signer, ZeroHash, 1n))
      .to.be.revertedWithCustomError(credits, "Credits_SessionNotOpen")
      .withArgs(await credits.sessionId(id, stranger, signer, ZeroHash));
  });

  it("refuses a session that is closing, or closed", async () => {
    const { credits, consumer, signer, offering, openSession } = await loadFixture(deployJoulemint);
    const session = await openSession();
    const owner = credits.connect(consumer);
    await owner.requestClose(offering, signer, ZeroHash);
    const closableAt = BigInt(await time.latest()) + offering.exitDelay;
    await expect(owner.topUp(offering, consumer, signer, ZeroHash, 1n))
      .to.be.revertedWithCustomError(credits, "Credits_SessionClosing")
      .withArgs(session, closableAt);

    await time.increaseTo(closableAt);
    await owner.close(offering, signer, ZeroHash, consumer, "0x");
    await expect(owner.topUp(offering, consumer, signer, ZeroHash, 1n))
      .to.be.revertedWithCustomError(credits, "Credits_SessionNotOpen")
      .withArgs(session);
  });

  it("refuses more than a cap holds", async () => {
    const { credits, consumer, signer, offering, openSession } = await loadFixture(deployJoulemint);
    await openSession(THOUSAND_CREDITS);
    const largest = 2n ** 48n - 1n;
    await expect(credits.connect(consumer).topUp(offering, consumer, signer, ZeroHash, largest))
      .to.be.revertedWithCustomError(credits, "Credits_SessionLimitExceeded")
      .withArgs(largest, largest - THOUSAND_CREDITS);
  });

  it("refuses nothing, unknown terms and an ended sale, as buying does", async () => {
    const { credits, consumer, signer, offering, openSession } = await loadFixture(deployJoulemint);
    await openSession();
    const payer = credits.connect(consumer);
    await expect(payer.topUp(offering, consumer, signer, ZeroHash, 0n)).to.be.revertedWithCustomError(
      credits,
      "Credits_ZeroCredits",
    );
    await expect(payer.topUp({ ...offering, tier: 2n }, consumer, signer, ZeroHash, 1n)).to.be.revertedWithCustomError(
      credits,
      "Credits_UnknownOffering",
    );
    await time.increaseTo(offering.sellUntil + 1n);
    await expect(payer.topUp(offering, consumer, signer, ZeroHash, 1n)).to.be.revertedWithCustomError(
      credits,
      "Credits_SaleEnded",
    );
  });
});
